package io.wholechart;

import io.wholechart.journal.JournalVerifier;
import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Says now and then how far a long log was read; nothing of a short one. */
final class ProgressLine implements JournalVerifier.Progress {
  private static final long EVERY_NANOS = 2_000_000_000L;

  private final PrintStream out;
  private final LongSupplier ticker;
  private final long start;
  private long next;

  ProgressLine(PrintStream out, LongSupplier ticker) {
    this.out = out;
    this.ticker = ticker;
    this.start = ticker.getAsLong();
    this.next = EVERY_NANOS;
  }

  @Override
  public void at(long records, long bytes, long ofBytes) {
    long elapsed = ticker.getAsLong() - start;
    if (elapsed >= next) {
      next = elapsed + EVERY_NANOS;
      out.printf(
          Locale.ROOT,
          "%,d records, %d %% of %,d MB, %,d records a second%n",
          records,
          ofBytes == 0 ? 100 : 100 * bytes / ofBytes,
          ofBytes / 1_000_000,
          records * 1_000_000_000L / elapsed);
    }
  }
}
