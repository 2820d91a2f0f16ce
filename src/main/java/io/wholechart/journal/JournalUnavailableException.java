package io.wholechart.journal;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;

/** The journal cannot be opened; the message names its directory and the mend. */
public final class JournalUnavailableException extends IOException {
  private JournalUnavailableException(Path directory, String problem, IOException cause) {
    this(directory, problem);
    initCause(cause);
  }

  JournalUnavailableException(Path directory, String problem) {
    super("the audit log in " + directory.toAbsolutePath() + " cannot be opened: " + problem);
  }

  static JournalUnavailableException because(Path directory, IOException cause) {
    return new JournalUnavailableException(directory, problem(cause), cause);
  }

  private static String problem(IOException cause) {
    String text = String.valueOf(cause.getMessage());
    if (cause instanceof AccessDeniedException) {
      return "this user may not write there; give the directory to the user that the service runs"
          + " as, or set audit.directory to another";
    }
    if (cause instanceof FileAlreadyExistsException || text.contains("Not a directory")) {
      return "it, or a folder above it, is a file; set audit.directory to a directory";
    }
    if (text.contains("Is a directory")) {
      return "a directory stands where its file belongs; move it away";
    }
    if (text.contains("No space left") || text.contains("quota exceeded")) {
      return "the disk is full; make room on it";
    }
    if (text.contains("Read-only file system")) {
      return "the disk is mounted read-only; mount it writable, or set audit.directory to another";
    }
    return cause + "; see that this user may read and write there";
  }
}
