package io.wholechart.audit;

/** How a line is laid out, as its field {@code v} says; a journal may hold lines of several. */
enum Version {
  ONE('1'),
  /** Says of every source by which id it was asked, and whose its answer was found to be. */
  TWO('2');

  /** What lines are written in. */
  static final Version CURRENT = TWO;

  private static final Version[] ALL = values();

  private final char digit;

  Version(char digit) {
    this.digit = digit;
  }

  char digit() {
    return digit;
  }

  boolean hasIdentity() {
    return this != ONE;
  }

  /** The one with this digit; the current one where there is none, which then fits nothing. */
  static Version of(byte digit) {
    for (Version version : ALL) {
      if (version.digit == digit) {
        return version;
      }
    }
    return CURRENT;
  }
}
