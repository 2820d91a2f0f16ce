package io.wholechart.source;

/**
 * What we show a source so that it answers. It is ours: what a caller has shown us is never passed
 * on, since a source that took it could use it against every other one.
 */
interface Credentials {
  /** What there is to show. */
  sealed interface Shown {
    /** As the header {@code Authorization}. */
    record Header(String value) implements Shown {
      @Override
      public String toString() {
        return "Header[***]";
      }
    }

    /** None could be had. */
    record Nothing(Failure cause) implements Shown {}
  }

  /**
   * Those of now.
   *
   * @throws InterruptedException when the caller's deadline strikes while they are fetched
   */
  Shown current() throws InterruptedException;

  /** Whether there are, or may be in a moment, others than these, which were refused. */
  boolean isWorthAnother(Shown.Header refused);
}
