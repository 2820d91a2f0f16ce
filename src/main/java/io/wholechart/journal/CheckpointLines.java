package io.wholechart.journal;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Walks through a file of signed notes, each followed by a blank line. A note has two blocks, the
 * text and the signature, and a blank line behind each.
 */
final class CheckpointLines implements AutoCloseable {
  private static final int LONGEST_NOTE = 4096;

  private final InputStream in;
  private final ByteArrayOutputStream note = new ByteArrayOutputStream(512);
  private long offset;
  private long next;

  CheckpointLines(Path file) throws IOException {
    this(file, 0);
  }

  /** From this byte on, which must be where a note begins. */
  CheckpointLines(Path file, long from) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ).position(from);
    this.in = new BufferedInputStream(Channels.newInputStream(channel), 1 << 16);
    this.offset = from;
    this.next = from;
  }

  /** Goes on to the next note that has its end; false where there is none, perhaps a torn one. */
  boolean next() throws IOException {
    note.reset();
    offset = next;
    int blankLines = 0;
    int before = '\n';
    for (int b = in.read(); b >= 0; b = in.read()) {
      next++;
      boolean isBlankLine = b == '\n' && before == '\n';
      before = b;
      blankLines += isBlankLine ? 1 : 0;
      if (blankLines == 2) {
        return true;
      }
      if (note.size() > LONGEST_NOTE) {
        return false;
      }
      note.write(b);
    }
    return false;
  }

  /** The note, or what there is of it, without the blank line behind it. */
  byte[] note() {
    return note.toByteArray();
  }

  /** Where in the file it begins. */
  long offset() {
    return offset;
  }

  /** Where in the file the next one begins. */
  long end() {
    return next;
  }

  boolean isTorn() {
    return note.size() > 0 && note.size() <= LONGEST_NOTE;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
