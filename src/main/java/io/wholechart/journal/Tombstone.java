package io.wholechart.journal;

import io.wholechart.journal.Verification.Altered;
import io.wholechart.journal.Verification.Gap;
import io.wholechart.journal.Verification.WrongKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;

/**
 * What stands for records that were dropped when their time was over: signed for like a checkpoint,
 * with their number and the root of their tree, in a file of its own. There is one for each segment
 * that was dropped, written before it went, so that a crash in between leaves none without.
 */
final class Tombstone {
  private static final String FILE = "tombstones.txt";

  private Tombstone() {}

  private static String origin(String node) {
    return Checkpoint.origin(node) + "/tombstone";
  }

  /** Signs for all records before this segment. */
  static void sign(Path directory, SegmentHeader next, SigningKey key, InstantSource clock)
      throws IOException {
    int epoch = new KeyEpochs(directory).of(key);
    var verifier = new VerifierKey(Checkpoint.origin(next.node()), key.publicKey());
    CheckpointFile file = CheckpointFile.at(directory.resolve(FILE));
    byte[] last =
        file.mend().map(note -> Hashing.sha256().digest(note)).orElseGet(() -> new byte[32]);
    var stone =
        new Checkpoint(
            origin(next.node()),
            next.tree().size(),
            next.tree().root(),
            epoch,
            clock.instant(),
            last);
    file.append(SignedNote.sign(stone.text(), key, verifier).encode());
    file.close();
  }

  /** Holds the first segment that is kept against the tombstone of those before it. */
  static void check(Path directory, SegmentHeader header, KeyEpochs epochs)
      throws IOException, Finding {
    Path file = directory.resolve(FILE);
    boolean isFound = false;
    byte[] last = new byte[32];
    if (Files.exists(file)) {
      try (var notes = new CheckpointLines(file)) {
        while (notes.next()) {
          isFound |= isOf(header, notes.note(), last, epochs);
          last = Hashing.sha256().digest(notes.note());
        }
      }
    }
    if (!isFound) {
      throw new Finding(
          new Gap(
              0,
              "the log begins with record %d, and no tombstone stands for those before it"
                  .formatted(header.first())));
    }
  }

  private static boolean isOf(SegmentHeader header, byte[] note, byte[] last, KeyEpochs epochs)
      throws IOException, Finding {
    Optional<SignedNote> signed = SignedNote.decode(note);
    Optional<Checkpoint> stone = signed.flatMap(found -> Checkpoint.decode(found.text()));
    if (stone.isEmpty() || !Arrays.equals(stone.get().last(), last)) {
      throw new Finding(new Altered(0, "a tombstone is not as it was written"));
    }
    if (!stone.get().origin().equals(origin(header.node()))) {
      throw new Finding(new WrongKey(0, "a tombstone is of another node"));
    }
    CheckpointWalk.check(signed.get(), stone.get(), "a tombstone", epochs, 0);
    if (stone.get().size() != header.tree().size()) {
      return false;
    }
    if (!Arrays.equals(stone.get().root(), header.tree().root())) {
      throw new Finding(new Altered(0, "the tombstone is not of the records before the log"));
    }
    return true;
  }
}
