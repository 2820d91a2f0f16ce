package io.wholechart.completeness;

/** How a section stands. */
public enum SectionState {
  /** Entries, and every responsible source answered. */
  PRESENT("present"),
  /** No entries, and every responsible source answered. */
  NONE_RECORDED("none-recorded"),
  /** A source asserts that there is nothing, and every responsible source answered. */
  NONE_KNOWN("none-known"),
  /** Entries, and a responsible source is missing. */
  INCOMPLETE("incomplete"),
  /** No entries, and a responsible source is missing. */
  UNKNOWN("unknown"),
  /** No entries, and the only thing that is missing is what the caller may not see. */
  WITHHELD("withheld");

  private final String key;

  SectionState(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  /** Whether something may be there that is not shown. */
  public boolean isLacking() {
    return switch (this) {
      case INCOMPLETE, UNKNOWN, WITHHELD -> true;
      case PRESENT, NONE_RECORDED, NONE_KNOWN -> false;
    };
  }
}
