package io.wholechart.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Walks through one segment line by line as windows on one buffer, so that a log of any length
 * takes the same memory. At the end of the file it may be asked again, when the file has grown.
 */
final class SegmentLines implements AutoCloseable {
  // Base64 of an encrypted line, and room to read many lines at once.
  private static final int BUFFER_BYTES = 2 << 20;
  private static final int LONGEST_STORED_LINE = Chain.LONGEST_LINE / 3 * 4 + 64;

  private final Path path;
  private final FileChannel file;
  private final byte[] buffer;
  private long bufferOffset; // of the buffer's first byte in the file
  private int filled;
  private int next; // where in the buffer the next line begins
  private long lines;
  private int storedFrom; // of the line as it stands in the file
  private @Nullable Seal seal;

  // The line as it is read: a window on the buffer, or what was encrypted.
  private byte[] bytes;
  private int from;
  private int to;
  private boolean isLegible = true;

  SegmentLines(Path path) throws IOException {
    this.path = path;
    this.file = FileChannel.open(path, StandardOpenOption.READ);
    this.buffer = new byte[Math.clamp(file.size(), LONGEST_STORED_LINE + 2, BUFFER_BYTES)];
    this.bytes = buffer;
  }

  /** Reads the first line; empty where it is no header. Comes before everything else. */
  Optional<SegmentHeader> header(ReadKeys keys) throws IOException {
    if (!next()) {
      return Optional.empty();
    }
    Optional<SegmentHeader> header = SegmentHeader.decode(bytes, from, to);
    byte @Nullable [] salt = header.isEmpty() ? null : header.get().salt();
    if (salt != null) {
      byte[] key = keys.encryption();
      if (key == null) {
        throw new IOException(path.getFileName() + " is encrypted; name the file with its key");
      }
      seal = new Seal(key, salt);
    }
    return header;
  }

  /** Goes on to the next line that has its end; false where there is none, so far. */
  boolean next() throws IOException {
    int at = lineFeedFrom(next);
    while (at == filled) {
      int looked = at - next; // filling moves the line to the front of the buffer
      if (looked > LONGEST_STORED_LINE || !fill()) {
        return false;
      }
      at = lineFeedFrom(next + looked);
    }
    storedFrom = next;
    next = at + 1;
    lines++;
    read(storedFrom, at);
    return true;
  }

  /** Whether the line could be decrypted, where it had to be. */
  boolean isLegible() {
    return isLegible;
  }

  byte[] bytes() {
    return bytes;
  }

  int from() {
    return from;
  }

  int to() {
    return to;
  }

  /** Where in the file the line begins. */
  long offset() {
    return bufferOffset + storedFrom;
  }

  /** Where in the file those bytes begin that are no line yet. */
  long endOfLines() {
    return bufferOffset + next;
  }

  /** How many lines were read, the header among them. */
  long lines() {
    return lines;
  }

  /** How many bytes there are behind the last line, as far as they were read. */
  int remainder() {
    return filled - next;
  }

  /** How many of them count, if zeros at their end do not. */
  int remainderWithoutZeros() {
    return Chain.withoutZeros(buffer, next, filled) - next;
  }

  /** What they are; there must be some. */
  Chain.Remainder judgeRemainder(Chain chain) {
    if (seal == null) {
      return chain.judge(buffer, next, filled);
    }
    int end = Chain.withoutZeros(buffer, next, filled);
    Optional<byte[]> line = seal.open(buffer, next, end);
    if (line.isPresent()) {
      return chain.follow(line.get(), 0, line.get().length).isEmpty()
          ? Chain.Remainder.WHOLE
          : Chain.Remainder.FOREIGN;
    }
    return end - next <= LONGEST_STORED_LINE && isBase64(next, end)
        ? Chain.Remainder.CUT
        : Chain.Remainder.FOREIGN;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  private void read(int lineFrom, int lineTo) {
    if (seal == null) {
      bytes = buffer;
      from = lineFrom;
      to = lineTo;
      return;
    }
    Optional<byte[]> line = seal.open(buffer, lineFrom, lineTo);
    isLegible = line.isPresent();
    bytes = line.orElse(new byte[0]);
    from = 0;
    to = bytes.length;
  }

  private boolean isBase64(int start, int end) {
    for (int i = start; i < end; i++) {
      byte b = buffer[i];
      if (!((b >= 'a' && b <= 'z')
          || (b >= 'A' && b <= 'Z')
          || (b >= '0' && b <= '9')
          || b == '+'
          || b == '/'
          || b == '=')) {
        return false;
      }
    }
    return true;
  }

  private int lineFeedFrom(int start) {
    int at = start;
    while (at < filled && buffer[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Reads on behind what is there, after what is not a line yet was moved to the front. */
  private boolean fill() throws IOException {
    System.arraycopy(buffer, next, buffer, 0, filled - next);
    bufferOffset += next;
    filled -= next;
    next = 0;
    int read =
        file.read(ByteBuffer.wrap(buffer, filled, buffer.length - filled), bufferOffset + filled);
    filled += Math.max(read, 0);
    return read > 0;
  }
}
