package io.wholechart.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Walks through a journal line by line as windows on one buffer, so that a log of any length takes
 * the same memory. What does not fit the buffer comes out as a line without end.
 */
final class JournalLines implements AutoCloseable {
  private final FileChannel file;
  private final AuditVerifier.Progress progress;
  private final byte[] buffer;
  private long bufferOffset; // of the buffer's first byte in the file
  private int filled;
  private int from;
  private int to; // of the line, without its line feed
  private int next;
  private boolean isTerminated;

  JournalLines(Path journal, AuditVerifier.Progress progress) throws IOException {
    this.file = FileChannel.open(journal, StandardOpenOption.READ);
    this.progress = progress;
    this.buffer =
        new byte[Math.clamp(file.size(), Chain.LONGEST_LINE + 2, 2 * JournalWriter.BATCH_BYTES)];
  }

  /** Goes on to the next line; false at the end of the file. */
  boolean next() throws IOException {
    from = next;
    int at = lineFeedFrom(from);
    boolean isMore = true;
    while (at == filled && isMore) {
      int looked = at - from; // filling moves the line to the front of the buffer
      isMore = fill();
      at = lineFeedFrom(from + looked);
    }
    to = at;
    isTerminated = at < filled;
    next = isTerminated ? at + 1 : filled;
    return isTerminated || to > from;
  }

  byte[] bytes() {
    return buffer;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  boolean isTerminated() {
    return isTerminated;
  }

  /** Where in the file the line begins. */
  long offset() {
    return bufferOffset + from;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private int lineFeedFrom(int start) {
    int at = start;
    while (at < filled && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Reads on behind what is there, after the current line was moved to the front. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, from, buffer, 0, filled - from);
    bufferOffset += from;
    filled -= from;
    from = 0;
    int read =
        file.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled), bufferOffset + filled);
    filled += Math.max(read, 0);
    progress.at(bufferOffset + filled, file.size());
    return read > 0;
  }
}
