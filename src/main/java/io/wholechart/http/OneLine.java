package io.wholechart.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * Writes a JSON document as one line: line breaks become blanks.
 *
 * <p>Resources come byte for byte, and some sources break their lines. Nothing is lost by that: no
 * string of JSON can hold a line break other than as {@code \n}, so one that stands there as a byte
 * is white space between two tokens, and a blank is the same.
 */
final class OneLine extends OutputStream {
  private static final int SIZE = 8 * 1024;

  private final OutputStream out;
  private final byte[] piece = new byte[SIZE]; // what comes in is not ours to change

  OneLine(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    out.write(b == '\n' || b == '\r' ? ' ' : b);
  }

  @Override
  public void write(byte[] from, int offset, int length) throws IOException {
    for (int at = offset; at < offset + length; at += SIZE) {
      int count = Math.min(SIZE, offset + length - at);
      System.arraycopy(from, at, piece, 0, count);
      for (int i = 0; i < count; i++) {
        if (piece[i] == '\n' || piece[i] == '\r') {
          piece[i] = ' ';
        }
      }
      out.write(piece, 0, count);
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
