package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * That a line is in a log, so that anybody who has the log's public key can see it without the log:
 * the line, the hashes beside its way up the Merkle tree, and a signed checkpoint of that tree.
 *
 * <p>Spelled after C2SP tlog-proof, with the line as the extra data; so other programs can check
 * it.
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
public final class InclusionProof {
  private static final String VERSION = "c2sp.org/tlog-proof@v1";
  private static final int MOST_HASHES = 62;
  private static final Pattern FRAME =
      Pattern.compile(
          "\\{\"v\":3,\"node\":\"([^\"]{1,63})\",\"epoch\":([1-9][0-9]{0,5}),"
              + "\"seq\":([1-9][0-9]{0,17}),\"prev\":\"([0-9a-f]{64})\",.*");

  private final byte[] raw;
  private final long index;
  private final List<byte[]> path;
  private final byte[] checkpoint;

  private InclusionProof(byte[] raw, long index, List<byte[]> path, byte[] checkpoint) {
    this.raw = raw;
    this.index = index;
    this.path = path;
    this.checkpoint = checkpoint;
  }

  /** What a look at a proof found. */
  public sealed interface Verdict {
    /**
     * The log whose key this is has signed for the line.
     *
     * @param size of the log as it was signed for
     */
    record Proven(JournalLine line, long size, String signedAt) implements Verdict {}

    record NotProven(String why) implements Verdict {}
  }

  /**
   * The proof of a line by the last checkpoint.
   *
   * @throws IOException where it cannot be given; the message says why
   */
  public static InclusionProof of(Path directory, ReadKeys keys, long seq) throws IOException {
    byte[] note =
        CheckpointFile.last(directory.resolve(JournalDirectory.CHECKPOINTS))
            .orElseThrow(() -> new IOException("the log has no checkpoint yet; try again"));
    Checkpoint signed =
        SignedNote.decode(note)
            .flatMap(n -> Checkpoint.decode(n.text()))
            .orElseThrow(() -> new IOException("the last checkpoint is not as it was written"));
    requireSigned(directory, note, signed);
    if (seq < 1 || seq > signed.size()) {
      throw new IOException(
          "record %d is not among the %d that are signed for; a running service signs for what it"
                  .formatted(seq, signed.size())
              + " wrote each second");
    }
    JournalLine line = read(directory, keys, seq);
    List<byte[]> path = Proofs.inclusion(directory, keys, seq, signed.size());
    if (!Proofs.verifyInclusion(line.hash(), seq, signed.size(), path, signed.root())) {
      throw new IOException(
          "the log is not what the last checkpoint signs for; audit verify says what is wrong");
    }
    return new InclusionProof(line.raw(), seq - 1, path, note);
  }

  private static JournalLine read(Path directory, ReadKeys keys, long seq) throws IOException {
    try (JournalReader reader = JournalReader.open(directory, keys, seq)) {
      if (!reader.next() || reader.line().seq() != seq) {
        throw new IOException("record %d is no longer kept".formatted(seq));
      }
      return reader.line();
    }
  }

  private static void requireSigned(Path directory, byte[] note, Checkpoint signed)
      throws IOException {
    boolean isSigned =
        new KeyEpochs(directory)
            .key(signed.epoch())
            .filter(key -> SignedNote.decode(note).filter(n -> n.isSignedBy(key)).isPresent())
            .isPresent();
    if (!isSigned) {
      throw new IOException("the last checkpoint is not signed by the log's key");
    }
  }

  /** The file. */
  public String text() {
    Base64.Encoder base64 = Base64.getEncoder();
    var text = new StringBuilder(VERSION).append('\n');
    text.append("extra ").append(base64.encodeToString(raw)).append('\n');
    text.append("index ").append(index).append('\n');
    path.forEach(hash -> text.append(base64.encodeToString(hash)).append('\n'));
    return text.append('\n').append(new String(checkpoint, UTF_8)).toString();
  }

  /**
   * The proof that this text is the one spelling of, if it is: base64 has spare bits at its end.
   */
  public static Optional<InclusionProof> parse(String text) {
    int blank = text.indexOf("\n\n");
    String[] head = text.substring(0, Math.max(blank, 0)).split("\n", -1);
    if (head.length < 3
        || head.length > 3 + MOST_HASHES
        || !head[0].equals(VERSION)
        || !head[1].startsWith("extra ")
        || !head[2].startsWith("index ")) {
      return Optional.empty();
    }
    try {
      List<byte[]> path = new ArrayList<>();
      for (int i = 3; i < head.length; i++) {
        path.add(Base64.getDecoder().decode(head[i]));
      }
      var proof =
          new InclusionProof(
              Base64.getDecoder().decode(head[1].substring("extra ".length())),
              Long.parseLong(head[2].substring("index ".length())),
              path,
              text.substring(blank + 2).getBytes(UTF_8));
      return proof.text().equals(text) ? Optional.of(proof) : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * Holds the proof against a log's public key.
   *
   * @param publicKey as the log keeps it in its folder {@code keys}
   */
  public Verdict check(String publicKey) {
    Optional<VerifierKey> key = VerifierKey.parse(publicKey.strip());
    if (key.isEmpty()) {
      return new Verdict.NotProven("that is no public key of a log");
    }
    Optional<SignedNote> note = SignedNote.decode(checkpoint);
    Optional<Checkpoint> signed = note.flatMap(n -> Checkpoint.decode(n.text()));
    if (signed.isEmpty()) {
      return new Verdict.NotProven("its checkpoint is not as it was written");
    }
    if (!signed.get().origin().equals(key.get().name()) || !note.get().isSignedBy(key.get())) {
      return new Verdict.NotProven("its checkpoint is not signed by this key");
    }
    Optional<JournalLine> line = line();
    if (line.isEmpty() || line.get().seq() != index + 1) {
      return new Verdict.NotProven("its line is not as it was written");
    }
    boolean isIncluded =
        Proofs.verifyInclusion(
            line.get().hash(), index + 1, signed.get().size(), path, signed.get().root());
    return isIncluded && signed.get().origin().equals(Checkpoint.origin(line.get().node()))
        ? new Verdict.Proven(line.get(), signed.get().size(), signed.get().at().toString())
        : new Verdict.NotProven("its line is not in the tree that was signed for");
  }

  /** The line, if it hashes to what it says. */
  public Optional<JournalLine> line() {
    Matcher frame = FRAME.matcher(new String(raw, ISO_8859_1));
    if (!frame.matches()) {
      return Optional.empty();
    }
    String node = frame.group(1);
    int epoch = Integer.parseInt(frame.group(2));
    long seq = Long.parseLong(frame.group(3));
    var chain = new Chain(node, epoch, seq - 1, Hex.bytes(frame.group(4)));
    if (chain.follow(raw, 0, raw.length).isPresent()) {
      return Optional.empty();
    }
    byte[] content = Arrays.copyOfRange(raw, chain.contentFrom(), chain.contentTo());
    return Optional.of(new JournalLine(seq, epoch, node, content, raw, chain.hash()));
  }
}
