package io.wholechart.faults;

import java.nio.charset.StandardCharsets;

/**
 * A patient by number, whose id stands in every value of every payload: so that one look through
 * the bytes of an answer tells whether anything in it is somebody else's.
 */
public record PatientMark(int number) {
  /** What a patient's id begins with; nothing else in an answer does. */
  static final String SIGN = "zq-";

  /** What a study's UID begins with, which may hold nothing but digits and dots. */
  static final String UID_ROOT = "1.2.771.";

  /** Of seven digits, and without a zero in front, which no UID may have. */
  public static final int FIRST = 1_000_000;

  private static final int DIGITS = 7;
  private static final byte[] SIGN_BYTES = SIGN.getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ROOT_BYTES = UID_ROOT.getBytes(StandardCharsets.US_ASCII);

  public PatientMark {
    if (number < FIRST || number >= 10 * FIRST) {
      throw new IllegalArgumentException("a number of seven digits, not " + number);
    }
  }

  /** How many marks there are, of the patient and of others. */
  public record Seen(int own, int foreign) {}

  public String id() {
    return SIGN + number;
  }

  /** The patient whom a request line names. */
  static PatientMark in(String requestLine) {
    int at = requestLine.indexOf(SIGN) + SIGN.length();
    return new PatientMark(Integer.parseInt(requestLine, at, at + DIGITS, 10));
  }

  public Seen lookThrough(byte[] text) {
    return lookThrough(text, text.length);
  }

  /** Looks through the first so many bytes. A mark that breaks off counts as foreign. */
  public Seen lookThrough(byte[] text, int length) {
    int own = 0;
    int foreign = 0;
    for (int i = 0; i < length; i++) {
      byte[] begun = text[i] == 'z' ? SIGN_BYTES : text[i] == '1' ? ROOT_BYTES : null;
      if (begun == null || !isAt(text, i, length, begun)) {
        continue;
      }
      if (isOwn(text, i + begun.length, length)) {
        own++;
      } else {
        foreign++;
      }
    }
    return new Seen(own, foreign);
  }

  private static boolean isAt(byte[] text, int at, int length, byte[] begun) {
    if (at + begun.length > length) {
      return false;
    }
    for (int i = 1; i < begun.length; i++) {
      if (text[at + i] != begun[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean isOwn(byte[] text, int at, int length) {
    if (at + DIGITS > length) {
      return false;
    }
    int read = 0;
    for (int i = at; i < at + DIGITS; i++) {
      read = 10 * read + text[i] - '0';
    }
    return read == number;
  }
}
