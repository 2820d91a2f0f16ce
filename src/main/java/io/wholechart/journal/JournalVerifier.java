package io.wholechart.journal;

import io.wholechart.journal.Verification.Unreadable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Holds every line of a journal against its chain, every segment against the tree, and every
 * checkpoint against both and its signature.
 *
 * <p>Needs no lock and may run beside the service; it then sees the log as of some moment, perhaps
 * with a line that is just being written.
 */
public final class JournalVerifier {
  private JournalVerifier() {}

  /** Hears now and then how far it is, in records and in bytes. */
  public interface Progress {
    void at(long records, long bytes, long ofBytes);
  }

  /** Whether a content, a window on these bytes, is one that its journal can have written. */
  public interface Contents {
    boolean isSpelled(byte[] bytes, int from, int to);
  }

  /** Hears of every line that follows, in order, as to compare it with what a store holds. */
  public interface Lines {
    void line(long seq, int epoch, byte[] bytes, int from, int to, byte[] hash);
  }

  /**
   * What is looked at besides the directory.
   *
   * @param checkpoint a file of checkpoints that was kept elsewhere, whose last one must agree;
   *     null for none
   */
  public record Options(
      ReadKeys keys, @Nullable Path checkpoint, Contents contents, Lines lines, Progress progress) {
    public static Options standard() {
      return new Options(
          ReadKeys.none(), null, (_, _, _) -> true, (_, _, _, _, _, _) -> {}, (_, _, _) -> {});
    }

    public Options with(ReadKeys other) {
      return new Options(other, checkpoint, contents, lines, progress);
    }

    public Options against(@Nullable Path other) {
      return new Options(keys, other, contents, lines, progress);
    }

    public Options spelledBy(Contents other) {
      return new Options(keys, checkpoint, other, lines, progress);
    }

    public Options heardBy(Lines other) {
      return new Options(keys, checkpoint, contents, other, progress);
    }

    public Options watchedBy(Progress other) {
      return new Options(keys, checkpoint, contents, lines, other);
    }
  }

  public static Verification verify(Path directory) {
    return verify(directory, Options.standard());
  }

  public static Verification verify(Path directory, Options options) {
    if (!Files.isDirectory(directory)) {
      return new Unreadable(
          "there is no directory %s; name the one that audit.directory names"
              .formatted(directory.toAbsolutePath()));
    }
    try {
      List<SegmentName> segments = SegmentName.in(directory);
      if (segments.isEmpty()) {
        return new Unreadable("there is no audit log in " + directory.toAbsolutePath());
      }
      try (var walk = new Walk(directory, options)) {
        return walk.through(segments);
      }
    } catch (IOException e) {
      return new Unreadable(
          "the audit log in %s cannot be read: %s".formatted(directory.toAbsolutePath(), e));
    }
  }
}
