package io.wholechart.http;

import java.io.IOException;
import java.io.OutputStream;

/**
 * How much of an answer's body was handed to the network. What the caller got, nobody here knows.
 */
final class Sent {
  private long bytes;
  private boolean isWhole;

  long bytes() {
    return bytes;
  }

  boolean isWhole() {
    return isWhole;
  }

  void whole(long length) {
    bytes = length;
    isWhole = true;
  }

  /** Counts what goes through. */
  OutputStream counting(OutputStream out) {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        out.write(b);
        bytes++;
      }

      @Override
      public void write(byte[] from, int offset, int length) throws IOException {
        out.write(from, offset, length);
        bytes += length;
      }
    };
  }
}
