package io.wholechart.journal;

import io.wholechart.journal.Verification.Altered;
import io.wholechart.journal.Verification.Gap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/**
 * What stands for records that were dropped when their time was over: signed for like a checkpoint,
 * with their number and the root of their tree, in a file of its own.
 */
final class Tombstone {
  static final String FILE = "tombstone.txt";

  private Tombstone() {}

  static String origin(String node) {
    return Checkpoint.origin(node) + "/tombstone";
  }

  /** Holds the first segment that is kept against the tombstone of those before it. */
  static void check(Path directory, SegmentHeader header, KeyEpochs epochs)
      throws IOException, Finding {
    Path file = directory.resolve(FILE);
    if (!Files.isRegularFile(file)) {
      throw new Finding(
          new Gap(
              0,
              "the log begins with record %d, and no tombstone says why"
                  .formatted(header.first())));
    }
    Optional<SignedNote> signed = SignedNote.decode(Files.readAllBytes(file));
    Optional<Checkpoint> stone = signed.flatMap(note -> Checkpoint.decode(note.text()));
    if (stone.isEmpty() || !stone.get().origin().equals(origin(header.node()))) {
      throw new Finding(new Altered(0, "the tombstone is not as it was written"));
    }
    CheckpointWalk.check(signed.get(), stone.get(), "the tombstone", epochs, 0);
    if (stone.get().size() != header.tree().size()) {
      throw new Finding(
          new Gap(
              0,
              "the log begins with record %d, and its tombstone stands for the first %d"
                  .formatted(header.first(), stone.get().size())));
    }
    if (!Arrays.equals(stone.get().root(), header.tree().root())) {
      throw new Finding(new Altered(0, "the tombstone is not of the records before the log"));
    }
  }
}
