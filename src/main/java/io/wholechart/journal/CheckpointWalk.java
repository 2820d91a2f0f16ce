package io.wholechart.journal;

import io.wholechart.journal.Verification.Altered;
import io.wholechart.journal.Verification.Forked;
import io.wholechart.journal.Verification.Truncated;
import io.wholechart.journal.Verification.WrongKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Goes through a journal's checkpoints beside its records, and holds each root against the tree of
 * that size.
 *
 * <p>Each note holds the hash of the one before it, so the last signature of an epoch signs for all
 * of the epoch's notes: one signature is checked there and not one a second of six years.
 */
final class CheckpointWalk implements AutoCloseable {
  private final @Nullable CheckpointLines notes;
  private final KeyEpochs epochs;
  private final String origin;
  private @Nullable Note current; // whose size the tree has not reached yet
  private @Nullable Note before;
  private byte[] last = new byte[32];
  private boolean isTorn;
  private int count;

  private record Note(int number, SignedNote signed, Checkpoint checkpoint) {}

  CheckpointWalk(Path file, KeyEpochs epochs, String node) throws IOException {
    this.notes = Files.exists(file) ? new CheckpointLines(file) : null;
    this.epochs = epochs;
    this.origin = Checkpoint.origin(node);
  }

  /** The size of the next checkpoint to come; beyond all sizes where there is none. */
  long next() {
    return current == null ? Long.MAX_VALUE : current.checkpoint().size();
  }

  /** The size of the last one that was passed. */
  long passed() {
    return before == null ? 0 : before.checkpoint().size();
  }

  boolean isTorn() {
    return isTorn;
  }

  /** Passes all that are over fewer records than these, which are no longer there. */
  void skipTo(CompactRange tree) throws IOException, Finding {
    advance(tree.size());
    while (next() < tree.size()) {
      advance(tree.size());
    }
    if (next() == tree.size()) {
      reached(tree);
    }
  }

  /** The tree has come to the size of the next checkpoint. */
  void reached(CompactRange tree) throws IOException, Finding {
    Note note = current;
    if (note != null && note.checkpoint().size() == tree.size()) {
      if (!Arrays.equals(note.checkpoint().root(), tree.root())) {
        checkSignature(note, tree.size());
        throw new Finding(
            new Forked(
                passed(),
                "checkpoint %d signs for other first %d records"
                    .formatted(note.number(), tree.size())));
      }
      advance(tree.size());
    }
  }

  /** There are no more records than these. */
  void end(long records) throws IOException, Finding {
    Note note = current;
    if (note != null) {
      checkSignature(note, records);
      throw new Finding(
          new Truncated(
              records,
              "checkpoint %d signs for %d records, and %d are there"
                  .formatted(note.number(), note.checkpoint().size(), records)));
    }
    if (before != null) {
      checkSignature(before, records);
    }
  }

  @Override
  public void close() throws IOException {
    if (notes != null) {
      notes.close();
    }
  }

  private void advance(long records) throws IOException, Finding {
    if (current != null) {
      before = current;
      current = null;
    }
    if (notes == null) {
      return;
    }
    if (!notes.next()) {
      isTorn = notes.isTorn();
      if (notes.note().length > 0 && !isTorn) {
        throw altered(records, "is longer than any checkpoint");
      }
      return;
    }
    count++;
    Optional<SignedNote> signed = SignedNote.decode(notes.note());
    Optional<Checkpoint> checkpoint = signed.flatMap(note -> Checkpoint.decode(note.text()));
    if (checkpoint.isEmpty()) {
      throw altered(records, "is not spelled as a checkpoint");
    }
    var note = new Note(count, signed.get(), checkpoint.get());
    follow(note, records);
    last = Hashing.sha256().digest(notes.note());
    current = note;
  }

  private void follow(Note note, long records) throws IOException, Finding {
    Checkpoint checkpoint = note.checkpoint();
    if (!Arrays.equals(checkpoint.last(), last)) {
      checkSignature(note, records); // the one itself, or the one before it
      throw altered(
          records,
          "does not follow the one before it: that one was changed, taken out,"
              + " put in or moved");
    }
    if (!checkpoint.origin().equals(origin)) {
      throw new Finding(
          new WrongKey(records, "checkpoint %d is of another node".formatted(note.number())));
    }
    Note previous = before;
    if (previous == null) {
      return;
    }
    if (checkpoint.size() <= previous.checkpoint().size()
        || checkpoint.epoch() < previous.checkpoint().epoch()) {
      checkSignature(note, records);
      throw new Finding(
          new Forked(
              records, "checkpoint %d goes back behind the one before".formatted(note.number())));
    }
    if (checkpoint.epoch() > previous.checkpoint().epoch()) {
      checkSignature(previous, records);
    }
  }

  private void checkSignature(Note note, long records) throws IOException, Finding {
    check(note.signed(), note.checkpoint(), "checkpoint " + note.number(), epochs, records);
  }

  static void check(
      SignedNote signed, Checkpoint checkpoint, String what, KeyEpochs epochs, long records)
      throws IOException, Finding {
    Optional<VerifierKey> key = epochs.key(checkpoint.epoch());
    if (key.isEmpty() || !signed.isBy(key.get())) {
      throw new Finding(
          new WrongKey(
              records,
              "%s is not signed by the key of epoch %d".formatted(what, checkpoint.epoch())));
    }
    if (!signed.isSignedBy(key.get())) {
      throw new Finding(new Altered(records, what + " is not what was signed"));
    }
  }

  private Finding altered(long records, String what) {
    return new Finding(new Altered(records, "checkpoint %d %s".formatted(count, what)));
  }
}
