package io.wholechart.audit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Holds every line of a journal against its chain; any change to a line, and any line taken out,
 * put in or moved, shows. Lines cut off at the end do not: see the package's page.
 *
 * <p>Needs no lock and may run beside the service; it then sees the log as of some moment, perhaps
 * with a line that is just being written.
 */
public final class AuditVerifier {
  private AuditVerifier() {}

  /** Hears now and then how far it is, in bytes. */
  public interface Progress {
    void at(long bytes, long ofBytes);
  }

  public static Verification verify(Path directory) {
    return verify(directory, (_, _) -> {});
  }

  public static Verification verify(Path directory, Progress progress) {
    Path journal = directory.resolve(JournalDirectory.JOURNAL);
    if (!Files.isDirectory(directory)) {
      return new Verification.Unreadable(
          "there is no directory %s; name the one that audit.directory names"
              .formatted(directory.toAbsolutePath()));
    }
    if (!Files.isRegularFile(journal)) {
      return new Verification.Unreadable(
          "there is no audit log in %s: no file %s"
              .formatted(directory.toAbsolutePath(), JournalDirectory.JOURNAL));
    }
    try (var lines = new JournalLines(journal, progress)) {
      return verify(lines);
    } catch (IOException e) {
      return new Verification.Unreadable(
          "the audit log in %s cannot be read: %s".formatted(directory.toAbsolutePath(), e));
    }
  }

  private static Verification verify(JournalLines lines) throws IOException {
    Chain chain = Chain.empty();
    while (lines.next()) {
      if (!lines.isTerminated()) {
        return verifyRemainder(lines, chain);
      }
      Optional<String> fault = chain.follow(lines.bytes(), lines.from(), lines.to());
      if (fault.isPresent()) {
        return new Verification.Altered(chain.seq(), lines.offset(), fault.get());
      }
    }
    return new Verification.Whole(chain.seq(), chain.hash());
  }

  private static Verification verifyRemainder(JournalLines lines, Chain chain) {
    long records = chain.seq();
    String head = chain.hash();
    return switch (chain.judge(lines.bytes(), lines.from(), lines.to())) {
      case CUT, WHOLE -> new Verification.TornTail(records, head, lines.offset());
      case FOREIGN ->
          new Verification.Altered(
              records, lines.offset(), "has no end and is not the beginning of the next record");
    };
  }
}
