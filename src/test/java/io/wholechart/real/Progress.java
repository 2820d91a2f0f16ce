package io.wholechart.real;

/** Says what is being done, since some of it takes minutes. */
public final class Progress {
  private static final long BEGIN = System.nanoTime();

  private Progress() {}

  public static void say(String words) {
    System.out.printf("real %4d s  %s%n", (System.nanoTime() - BEGIN) / 1_000_000_000, words);
  }
}
