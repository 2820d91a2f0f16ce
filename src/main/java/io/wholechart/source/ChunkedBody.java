package io.wholechart.source;

import io.helidon.common.buffers.DataReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A body that comes in chunks (RFC 9112, section 7.1), read past the client into one array: a third
 * of what a request allocates were the copies that the client's stream makes of such a body.
 */
final class ChunkedBody {
  private static final int LONGEST_LINE = 1024; // a size with its extensions, or a trailer
  private static final int MOST_DIGITS = 15; // that a long holds

  private final DataReader reader;
  private final InputStream in;
  private final int mostBytes;
  private byte[] body = new byte[0];
  private int length;

  /**
   * @param reader for what stands around the chunks
   * @param in for what of them the reader does not hold yet
   */
  ChunkedBody(DataReader reader, InputStream in, int mostBytes) {
    this.reader = reader;
    this.in = in;
    this.mostBytes = mostBytes;
  }

  /**
   * Reads up to the end, trailers and all, which are dropped.
   *
   * @throws Connection.OverheardException before a chunk with which it would be too long
   * @throws IllegalArgumentException where what stands around the chunks is none of it
   */
  byte[] read() throws IOException {
    for (int size = chunkSize(); size > 0; size = chunkSize()) {
      takeChunk(size);
    }
    String trailer = line();
    while (!trailer.isEmpty()) {
      trailer = line();
    }
    return length == body.length ? body : Arrays.copyOf(body, length);
  }

  private void takeChunk(int size) throws IOException {
    if (body.length - length < size) {
      int doubled = (int) Math.min(2L * body.length, mostBytes);
      body = Arrays.copyOf(body, Math.max(length + size, doubled));
    }
    if (Connection.fill(reader, in, body, length, size) < size) {
      throw new EOFException("broken off in a chunk");
    }
    length += size;
    if (!line().isEmpty()) {
      throw new IllegalArgumentException("a chunk longer than its size");
    }
  }

  private int chunkSize() {
    String line = line();
    int extensions = line.indexOf(';');
    String digits = (extensions < 0 ? line : line.substring(0, extensions)).stripTrailing();
    if (!areHexDigits(digits)) {
      throw new IllegalArgumentException("no size of a chunk");
    }
    long size = Long.parseLong(digits, 16);
    if (size > mostBytes - length) {
      throw new Connection.OverheardException();
    }
    return (int) size;
  }

  /** Nothing else: a sign or a prefix is read differently by whoever stands in between. */
  private static boolean areHexDigits(String text) {
    return !text.isEmpty()
        && text.length() <= MOST_DIGITS
        && text.chars().allMatch(HexFormat::isHexDigit);
  }

  private String line() {
    int end = reader.findNewLine(LONGEST_LINE);
    if (end == LONGEST_LINE) {
      throw new IllegalArgumentException("no end of a line");
    }
    String line = reader.readAsciiString(end);
    reader.skip(2);
    return line;
  }
}
