package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Arrays;

/**
 * A place in a content, and steps along what is expected there. Each step is taken only over what
 * surely has its one spelling; so a false says nothing but that somebody else has to look.
 */
final class SpelledBytes {
  private static final int PLAIN = 1;
  private static final int WORD = 2;
  private static final int HEX = 4;
  private static final int ID = 8;
  private static final int SOURCE_ID = 16;
  private static final byte[] KINDS = kinds();
  private static final byte[] NULL = literal("null");

  private byte[] bytes = {};
  private int at;
  private int to;

  private static byte[] kinds() {
    var kinds = new byte[256];
    for (int c = ' '; c <= '~'; c++) {
      boolean isDigit = c >= '0' && c <= '9';
      boolean isAlphanumeric = isDigit || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      int kind = c == '"' || c == '\\' ? 0 : PLAIN;
      kind |= isAlphanumeric || "-._:/#$".indexOf(c) >= 0 ? WORD : 0;
      kind |= isDigit || (c >= 'a' && c <= 'f') ? HEX : 0;
      kind |= isAlphanumeric || c == '-' || c == '.' ? ID : 0;
      kind |= isAlphanumeric || ".-_:/@+=".indexOf(c) >= 0 ? SOURCE_ID : 0;
      kinds[c] = (byte) kind;
    }
    return kinds;
  }

  void over(byte[] content, int from, int end) {
    bytes = content;
    at = from;
    to = end;
  }

  boolean isAtEnd() {
    return at == to;
  }

  static byte[] literal(String text) {
    return text.getBytes(ISO_8859_1);
  }

  boolean skip(byte[] literal) {
    int end = at + literal.length;
    if (end > to || !Arrays.equals(bytes, at, end, literal, 0, literal.length)) {
      return false;
    }
    at = end;
    return true;
  }

  boolean skip(char c) {
    if (at < to && bytes[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  boolean word() {
    return text(WORD, 128) > 0;
  }

  boolean wordOrNull() {
    return skip(NULL) || word();
  }

  /** No escapes, and nothing that begins with a blank: it might hold nothing else. */
  boolean name(int longest) {
    return at + 1 < to && bytes[at + 1] != ' ' && text(PLAIN, longest) > 0;
  }

  boolean nameOrNull(int longest) {
    return skip(NULL) || name(longest);
  }

  boolean hex(int digits) {
    return text(HEX, digits) == digits;
  }

  boolean hexOrNull(int digits) {
    return skip(NULL) || hex(digits);
  }

  /** A request's id, which has no full stop. */
  boolean requestId() {
    int from = at + 1;
    int length = text(ID, 64);
    for (int i = from; i < from + length; i++) {
      if (bytes[i] == '.') {
        return false;
      }
    }
    return length > 0;
  }

  boolean patientIdOrNull() {
    return skip(NULL) || text(ID, 64) > 0;
  }

  boolean sourceIdOrNull() {
    return skip(NULL) || text(SOURCE_ID, 64) > 2; // shorter ones may be dots
  }

  /** How long the text is between the quotes that are here; -1 where there is none such. */
  private int text(int kind, int longest) {
    if (at >= to || bytes[at] != '"') {
      return -1;
    }
    int from = at + 1;
    int last = Math.min(to, from + longest + 1);
    for (int i = from; i < last; i++) {
      int c = bytes[i] & 0xff;
      if ((KINDS[c] & kind) == 0) {
        if (c != '"') {
          return -1;
        }
        at = i + 1;
        return i - from;
      }
    }
    return -1;
  }

  /** A number of at most so many digits; -1 where there is none. */
  long number(int digits) {
    int from = at;
    long number = 0;
    while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - from <= digits) {
      number = number * 10 + bytes[at] - '0';
      at++;
    }
    int length = at - from;
    boolean isOne = length > 0 && length <= digits && (length == 1 || bytes[from] != '0');
    return isOne ? number : -1;
  }

  /** A time between its quotes. */
  boolean time() {
    int from = at + 1;
    if (to - at < 26 || bytes[at] != '"' || bytes[from + 24] != '"') {
      return false;
    }
    at += 26;
    int year = digits(from, 4);
    int month = digits(from + 5, 2);
    int day = digits(from + 8, 2);
    return year >= 1970
        && month >= 1
        && month <= 12
        && day >= 1
        && day <= 28 // the last days are rare, and need a calendar
        && within(digits(from + 11, 2), 23)
        && within(digits(from + 14, 2), 59)
        && within(digits(from + 17, 2), 59)
        && digits(from + 20, 3) >= 0
        && bytes[from + 4] == '-'
        && bytes[from + 7] == '-'
        && bytes[from + 10] == 'T'
        && bytes[from + 13] == ':'
        && bytes[from + 16] == ':'
        && bytes[from + 19] == '.'
        && bytes[from + 23] == 'Z';
  }

  private static boolean within(int number, int most) {
    return number >= 0 && number <= most;
  }

  private int digits(int from, int count) {
    int number = 0;
    for (int i = from; i < from + count; i++) {
      if (bytes[i] < '0' || bytes[i] > '9') {
        return -1;
      }
      number = number * 10 + bytes[i] - '0';
    }
    return number;
  }

  int at() {
    return at;
  }

  boolean isSame(int from, int end, int otherFrom, int otherEnd) {
    return Arrays.equals(bytes, from, end, bytes, otherFrom, otherEnd);
  }
}
