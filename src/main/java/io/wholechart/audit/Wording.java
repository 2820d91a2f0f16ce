package io.wholechart.audit;

/**
 * What text may enter the audit log.
 *
 * <p>These are also the rules by which an old line is judged, so within one version of the format
 * they may be widened, never narrowed. They are loops and not patterns because a log of millions of
 * lines is held against them. No message repeats the text.
 */
final class Wording {
  private static final int LONGEST_WORD = 128;

  private Wording() {}

  /** A request's id, in the alphabet of {@code X-Request-Id}. */
  static void requestId(String text) {
    boolean isLegal = !text.isEmpty() && text.length() <= 64;
    for (int i = 0; i < text.length() && isLegal; i++) {
      isLegal = isAlphanumeric(text.charAt(i)) || text.charAt(i) == '-';
    }
    require(isLegal, "requestId", "is 1 to 64 letters, digits or '-'");
  }

  /** A word of a closed vocabulary; without blanks, so that no free text can stand in for one. */
  static void word(String field, String text) {
    boolean isLegal = !text.isEmpty() && text.length() <= LONGEST_WORD;
    for (int i = 0; i < text.length() && isLegal; i++) {
      isLegal = isAlphanumeric(text.charAt(i)) || "-._:/#$".indexOf(text.charAt(i)) >= 0;
    }
    require(isLegal, field, "is 1 to 128 letters, digits or any of -._:/#$");
  }

  /** A name that somebody else chose: of a source in the settings, of a caller in a token. */
  static void name(String field, String text, int longest) {
    boolean isLegal = !text.isBlank() && text.length() <= longest;
    for (int i = 0; i < text.length() && isLegal; i++) {
      isLegal = !Character.isISOControl(text.charAt(i));
    }
    require(isLegal, field, "is 1 to " + longest + " characters, none of them a control character");
  }

  /** A SHA-256, in hex. */
  static void digest(String field, String text) {
    hex(field, text, 64);
  }

  static void hex(String field, String text, int digits) {
    boolean isLegal = text.length() == digits;
    for (int i = 0; i < text.length() && isLegal; i++) {
      char c = text.charAt(i);
      isLegal = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
    }
    require(isLegal, field, "is " + digits + " lower-case hex digits");
  }

  static void number(String field, long number) {
    require(number >= 0, field, "is not negative");
  }

  static void require(boolean isFulfilled, String field, String rule) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(field + " " + rule);
    }
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
