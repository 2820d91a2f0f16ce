package io.wholechart.journal;

import io.wholechart.journal.Verification.Altered;
import io.wholechart.journal.Verification.Forked;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The last checkpoint of a file that was kept where the log is not: what it signs for must be. */
final class Elsewhere {
  private final Checkpoint checkpoint;

  private Elsewhere(Checkpoint checkpoint) {
    this.checkpoint = checkpoint;
  }

  static Elsewhere read(Path file, KeyEpochs epochs, String node) throws IOException, Finding {
    byte[] note = new byte[0];
    try (var notes = new CheckpointLines(file)) {
      while (notes.next()) {
        note = notes.note();
      }
      // A single note, as somebody may have kept it, has no blank line behind it.
      note = note.length == 0 ? notes.note() : note;
    }
    Optional<SignedNote> signed = SignedNote.decode(note);
    Optional<Checkpoint> checkpoint = signed.flatMap(found -> Checkpoint.decode(found.text()));
    if (checkpoint.isEmpty()) {
      throw new Finding(new Altered(0, "there is no checkpoint in " + file));
    }
    if (!checkpoint.get().origin().equals(Checkpoint.origin(node))) {
      throw new Finding(
          new Verification.WrongKey(0, "the checkpoint in " + file + " is of another node"));
    }
    CheckpointWalk.check(signed.get(), checkpoint.get(), "the checkpoint in " + file, epochs, 0);
    return new Elsewhere(checkpoint.get());
  }

  long size() {
    return checkpoint.size();
  }

  void check(CompactRange tree) throws Finding {
    if (!Arrays.equals(checkpoint.root(), tree.root())) {
      throw new Finding(
          new Forked(
              tree.size(),
              "the checkpoint kept elsewhere signs for other first %d records"
                  .formatted(tree.size())));
    }
  }
}
