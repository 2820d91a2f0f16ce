package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wholechart.journal.JournalVerifier.Options;
import io.wholechart.journal.Verification.Altered;
import io.wholechart.journal.Verification.Forked;
import io.wholechart.journal.Verification.Gap;
import io.wholechart.journal.Verification.TornTail;
import io.wholechart.journal.Verification.Truncated;
import io.wholechart.journal.Verification.Whole;
import io.wholechart.journal.Verification.WrongKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One verification, from the first segment that is kept to the last line. */
final class Walk implements AutoCloseable {
  private static final long RECORDS_A_PROGRESS = 1 << 16;
  private static final byte[] STATUS = "\"kind\":\"status\",".getBytes(ISO_8859_1);
  private static final String CLOSED = "\"event\":\"closed\",\"detail\":\"size:";

  private final Path directory;
  private final Options options;
  private final KeyEpochs epochs;
  private @Nullable CheckpointWalk checkpoints;
  private @Nullable Elsewhere elsewhere;
  private String node = "";
  private int epoch;
  private byte[] hash = new byte[32];
  private CompactRange tree = CompactRange.empty();
  private long bytesBefore; // of the segments that are behind
  private long bytesInAll;
  private @Nullable String torn;
  private boolean isEpochDue; // the next line must be the one that names the epoch's key
  private String status = ""; // the last one of the journal's own records
  private long statusSeq;

  Walk(Path directory, Options options) {
    this.directory = directory;
    this.options = options;
    this.epochs = new KeyEpochs(directory);
  }

  Verification through(List<SegmentName> segments) throws IOException {
    for (SegmentName segment : segments) {
      bytesInAll += Files.size(segment.path());
    }
    try {
      for (int i = 0; i < segments.size(); i++) {
        through(segments.get(i), i == segments.size() - 1);
        bytesBefore += Files.size(segments.get(i).path());
      }
      return end();
    } catch (Finding found) {
      return found.verification();
    }
  }

  @Override
  public void close() throws IOException {
    if (checkpoints != null) {
      checkpoints.close();
    }
  }

  private void through(SegmentName segment, boolean isLast) throws IOException, Finding {
    try (var lines = new SegmentLines(segment.path())) {
      Optional<SegmentHeader> read = lines.header(options.keys());
      if (read.isEmpty() && isLast && lines.endOfLines() == 0) {
        torn = segment.fileName() + " was only just begun";
        return;
      }
      SegmentHeader header =
          read.orElseThrow(
              () -> altered("the header of " + segment.fileName() + " is not as it was written"));
      enter(segment, header);
      Chain chain = header.chain();
      while (lines.next()) {
        follow(segment, lines, chain);
      }
      hash = chain.hash();
      if (lines.remainder() > 0) {
        judgeRemainder(segment, lines, chain, isLast);
      }
    }
  }

  private void enter(SegmentName segment, SegmentHeader header) throws IOException, Finding {
    boolean isFirst = checkpoints == null;
    if (isFirst) {
      begin(header);
    }
    if (header.epoch() != segment.epoch() || header.first() != segment.first()) {
      throw altered(segment.fileName() + " is not named as it was");
    }
    if (!header.node().equals(node)
        || (!isFirst && header.epoch() != epoch && header.epoch() != epoch + 1)) {
      throw new Finding(
          new WrongKey(tree.size(), segment.fileName() + " is of another node or key epoch"));
    }
    if (header.first() > tree.size() + 1) {
      throw new Finding(
          new Gap(
              tree.size(),
              "%s begins with record %d where record %d is due"
                  .formatted(segment.fileName(), header.first(), tree.size() + 1)));
    }
    if (header.first() <= tree.size()) {
      throw new Finding(
          new Forked(
              tree.size(),
              "%s begins with record %d, which another segment holds"
                  .formatted(segment.fileName(), header.first())));
    }
    if (!Arrays.equals(header.prev(), hash)
        || !Arrays.equals(header.tree().root(), tree.root())
        || header.tree().size() != tree.size()) {
      throw new Finding(
          new Forked(
              tree.size(), segment.fileName() + " does not go on from the records before it"));
    }
    isEpochDue = header.epoch() != epoch && (!isFirst || header.first() == 1);
    epoch = header.epoch();
  }

  /** The first segment: of all records, or of those that a tombstone left. */
  private void begin(SegmentHeader header) throws IOException, Finding {
    node = header.node();
    if (header.first() > 1) {
      Tombstone.check(directory, header, epochs);
      tree = header.tree().copy();
      hash = header.prev();
    }
    var walk = new CheckpointWalk(directory.resolve(JournalDirectory.CHECKPOINTS), epochs, node);
    checkpoints = walk;
    walk.skipTo(tree);
    Path other = options.checkpoint();
    if (other != null) {
      elsewhere = Elsewhere.read(other, epochs, node);
    }
  }

  private void follow(SegmentName segment, SegmentLines lines, Chain chain)
      throws IOException, Finding {
    Optional<Fault> fault =
        lines.isLegible()
            ? chain.follow(lines.bytes(), lines.from(), lines.to())
            : Optional.of(Fault.altered("was changed: it cannot be decrypted"));
    if (fault.isPresent()) {
      throw bad(segment, lines, fault.get());
    }
    if (tree.size() >= segment.first() && statusSeq == tree.size() && isClosing()) {
      throw bad(segment, lines, Fault.altered("was added after the log was closed"));
    }
    noteStatus(lines.bytes(), chain);
    if (isEpochDue) {
      checkEpoch(segment);
    }
    if (!options.contents().isSpelled(lines.bytes(), chain.contentFrom(), chain.contentTo())) {
      throw bad(
          segment, lines, Fault.altered("hashes well but is not spelled as a record of this log"));
    }
    grow(chain);
    options.lines().line(chain.seq(), epoch, lines.bytes(), lines.from(), lines.to(), chain.hash());
    if (chain.seq() % RECORDS_A_PROGRESS == 0) {
      options.progress().at(chain.seq(), bytesBefore + lines.offset(), bytesInAll);
    }
  }

  private void noteStatus(byte[] bytes, Chain chain) {
    int from = chain.contentFrom();
    int length = Math.min(STATUS.length, chain.contentTo() - from);
    if (Arrays.equals(bytes, from, from + length, STATUS, 0, STATUS.length)) {
      status = new String(bytes, from, chain.contentTo() - from, ISO_8859_1);
      statusSeq = chain.seq();
    }
  }

  private void checkEpoch(SegmentName segment) throws IOException, Finding {
    isEpochDue = false;
    Optional<VerifierKey> key = epochs.key(epoch);
    if (key.isEmpty()
        || !key.get().name().equals(Checkpoint.origin(node))
        || statusSeq != tree.size() + 1
        || !status.contains("\"event\":\"epoch\"")
        || !status.contains("\"" + key.get().word() + "\"")) {
      throw new Finding(
          new WrongKey(
              tree.size(),
              "%s does not begin with the key that is kept for epoch %d"
                  .formatted(segment.fileName(), epoch)));
    }
  }

  private void grow(Chain chain) throws IOException, Finding {
    tree.add(chain.hash());
    if (tree.size() == walk().next()) {
      walk().reached(tree);
    }
    if (elsewhere != null && elsewhere.size() == tree.size()) {
      elsewhere.check(tree);
    }
  }

  private void judgeRemainder(SegmentName segment, SegmentLines lines, Chain chain, boolean isLast)
      throws IOException, Finding {
    String what = "%s from byte %d on".formatted(segment.fileName(), lines.endOfLines());
    Chain.Remainder remainder =
        lines.remainderWithoutZeros() == 0 ? Chain.Remainder.CUT : lines.judgeRemainder(chain);
    if (!isLast || remainder == Chain.Remainder.FOREIGN) {
      throw altered(what + " is no line and not the beginning of the next");
    }
    if (remainder == Chain.Remainder.WHOLE) {
      hash = chain.hash();
      grow(chain);
    }
    torn = what + " is an incomplete line, left by a crash or just being written";
  }

  private Verification end() throws IOException, Finding {
    if (checkpoints == null) {
      return new TornTail(0, Hex.text(hash), "its first segment was only just begun");
    }
    walk().end(tree.size());
    if (elsewhere != null && elsewhere.size() > tree.size()) {
      throw new Finding(
          new Truncated(
              tree.size(),
              "the checkpoint kept elsewhere signs for %d records".formatted(elsewhere.size())));
    }
    if (walk().passed() == 0 && tree.size() > 1) {
      // The first checkpoint signs for the first record alone, before there is a second one.
      throw new Finding(new Truncated(tree.size(), "no checkpoint is there"));
    }
    checkClosing();
    options.progress().at(tree.size(), bytesInAll, bytesInAll);
    String head = Hex.text(hash);
    return torn == null
        ? new Whole(tree.size(), head, walk().passed())
        : new TornTail(tree.size(), head, torn);
  }

  /** A journal that was closed says how far it was signed for then, and was signed for after. */
  private void checkClosing() throws Finding {
    if (walk().isTorn()) {
      torn = "the last checkpoint is incomplete, left by a crash or just being written";
    }
    int at = status.indexOf(CLOSED);
    if (!isClosing() || statusSeq != tree.size() || walk().passed() == tree.size()) {
      return;
    }
    int from = at + CLOSED.length();
    int to = status.indexOf('"', from);
    if (walk().passed() < Long.parseLong(status.substring(from, Math.max(from, to)))) {
      throw new Finding(
          new Truncated(
              tree.size(),
              "only %d of them are signed for, fewer than when the log was closed"
                  .formatted(walk().passed())));
    }
    torn = "the log was closed and its last checkpoint is missing";
  }

  private boolean isClosing() {
    return status.contains(CLOSED);
  }

  private CheckpointWalk walk() {
    if (checkpoints == null) {
      throw new IllegalStateException("a first segment comes first");
    }
    return checkpoints;
  }

  private Finding bad(SegmentName segment, SegmentLines lines, Fault fault) {
    long records = tree.size();
    String what =
        "record %d, in %s at byte %d, %s"
            .formatted(records + 1, segment.fileName(), lines.offset(), fault.what());
    return new Finding(
        switch (fault.kind()) {
          case ALTERED -> new Altered(records, what);
          case GAP -> new Gap(records, what);
          case FORKED -> new Forked(records, what);
          case WRONG_EPOCH -> new WrongKey(records, what);
        });
  }

  private Finding altered(String what) {
    return new Finding(new Altered(tree.size(), what));
  }
}
