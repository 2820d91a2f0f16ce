package io.wholechart;

/**
 * How many threads carry the virtual ones: two a processor.
 *
 * <p>One a processor, as the JDK has it, is unfair to whoever is woken from outside: by the audit
 * log's thread, by a timer. Those wait in a queue into which a carrier looks only when nothing is
 * left in its own, so that with all processors busy a request whose record was on disk waited for
 * up to a second to hear of it. With more carriers than processors there is nearly always one that
 * has nothing of its own, and the kernel gives each its turn. In a flood of ten times what could be
 * served (see {@code make overload}) this was the difference between 96 % of the emergencies
 * answered in two seconds and all of them; what a request costs is the same.
 */
final class Carriers {
  private static final String PARALLELISM = "jdk.virtualThreadScheduler.parallelism";
  private static final int A_PROCESSOR = 2;

  private Carriers() {}

  /** To be called before there is any virtual thread; what a user has set stays. */
  static void provide() {
    if (System.getProperty(PARALLELISM) == null) {
      int carriers = A_PROCESSOR * Runtime.getRuntime().availableProcessors();
      System.setProperty(PARALLELISM, Integer.toString(carriers));
    }
  }
}
