package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Lower-case hex digits, written without a text in between: two hashes a line, millions a log. */
final class Hex {
  private static final HexFormat FORMAT = HexFormat.of();
  private static final byte[] DIGITS = "0123456789abcdef".getBytes(US_ASCII);

  private Hex() {}

  static String text(byte[] bytes) {
    return FORMAT.formatHex(bytes);
  }

  static byte[] bytes(String text) {
    return FORMAT.parseHex(text);
  }

  static void put(byte[] bytes, ByteBuffer to) {
    for (byte b : bytes) {
      to.put(DIGITS[b >> 4 & 0xf]).put(DIGITS[b & 0xf]);
    }
  }

  static void put(byte[] bytes, byte[] to, int at) {
    int next = at;
    for (byte b : bytes) {
      to[next++] = DIGITS[b >> 4 & 0xf];
      to[next++] = DIGITS[b & 0xf];
    }
  }

  /** Whether the text at that place is how these bytes are written. */
  static boolean isAt(byte[] text, int from, byte[] bytes) {
    int at = from;
    for (byte b : bytes) {
      if (text[at++] != DIGITS[b >> 4 & 0xf] || text[at++] != DIGITS[b & 0xf]) {
        return false;
      }
    }
    return true;
  }
}
