package io.wholechart.http;

/**
 * Whether a path says in one way only what it names.
 *
 * <p>The server decodes a path and tidies it up before it looks for a route, so that {@code
 * /patients%2fp-1} and {@code /fhir/../patients//p-1} are served as {@code /patients/p-1}. Whoever
 * stands before us and lets callers in by path does not read them so, and such a caller would be
 * where they must not be.
 */
final class PlainPath {
  private PlainPath() {}

  /**
   * @param raw as it was sent
   */
  static boolean is(String raw) {
    int segment = 0; // what of this one is not a dot, encoded or not
    int length = 0;
    for (int i = 1; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '/') {
        if (segment == 0) {
          return false; // empty, or dots alone
        }
        segment = 0;
        length = 0;
        continue;
      }
      if (c == '\\') {
        return false;
      }
      boolean isDot = c == '.';
      if (c == '%') {
        int code = code(raw, i);
        if (code == '/' || code == '\\' || code < 0) {
          return false;
        }
        isDot = code == '.';
        i += 2;
      }
      length++;
      segment += isDot && length <= 2 ? 0 : 1;
    }
    return length == 0 || segment > 0;
  }

  /** The octet that is encoded there; -1 where none is. */
  private static int code(String raw, int at) {
    if (at + 2 >= raw.length()) {
      return -1;
    }
    int high = Character.digit(raw.charAt(at + 1), 16);
    int low = Character.digit(raw.charAt(at + 2), 16);
    return high < 0 || low < 0 ? -1 : high << 4 | low;
  }
}
