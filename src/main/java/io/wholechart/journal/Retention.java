package io.wholechart.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Drops segments whose time is over, whole files and the oldest first, and signs for what they
 * held. May run beside the service, which writes to the newest segment alone.
 */
public final class Retention {
  // The last but one may hold the last record, when the last was only just begun.
  private static final int KEPT_ALWAYS = 2;

  private Retention() {}

  /**
   * What was dropped.
   *
   * @param segments now
   * @param records ever: the first that is kept is the next one
   */
  public record Dropped(int segments, long records) {}

  /**
   * Drops every segment whose records a checkpoint from before this time signs for: so no record
   * needs to be looked into, and nothing goes that was written later.
   */
  public static Dropped drop(JournalSettings settings, Instant before, InstantSource clock)
      throws IOException {
    Path directory = settings.directory();
    List<SegmentName> segments = SegmentName.in(directory);
    long old = sizeBefore(directory.resolve(JournalDirectory.CHECKPOINTS), before);
    ReadKeys keys = ReadKeys.of(settings.encryptionKey());
    SigningKey key = SigningKey.read(settings.signingKey());
    int dropped = 0;
    while (segments.size() - dropped > KEPT_ALWAYS
        && segments.get(dropped + 1).first() - 1 <= old) {
      Tombstone.sign(directory, header(segments.get(dropped + 1), keys), key, clock);
      Files.delete(segments.get(dropped).path());
      JournalDirectory.syncParent(segments.get(dropped).path());
      dropped++;
    }
    return new Dropped(dropped, segments.isEmpty() ? 0 : segments.get(dropped).first() - 1);
  }

  private static SegmentHeader header(SegmentName segment, ReadKeys keys) throws IOException {
    try (var lines = new SegmentLines(segment.path())) {
      return lines
          .header(keys)
          .orElseThrow(
              () -> new IOException("the header of " + segment.fileName() + " was changed"));
    }
  }

  private static long sizeBefore(Path checkpoints, Instant time) throws IOException {
    long size = 0;
    try (var notes = new CheckpointLines(checkpoints)) {
      while (notes.next()) {
        Optional<Checkpoint> checkpoint =
            SignedNote.decode(notes.note()).flatMap(note -> Checkpoint.decode(note.text()));
        if (checkpoint.isEmpty() || !checkpoint.get().at().isBefore(time)) {
          return size;
        }
        size = checkpoint.get().size();
      }
    }
    return size;
  }
}
