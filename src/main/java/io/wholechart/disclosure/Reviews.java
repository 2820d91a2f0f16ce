package io.wholechart.disclosure;

import io.wholechart.audit.AuditRecord.ReviewClosed;
import io.wholechart.audit.AuditRecord.Status;
import io.wholechart.audit.RecordText;
import io.wholechart.audit.Stamp;
import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalEvents;
import io.wholechart.journal.JournalSettings;
import io.wholechart.journal.ReadKeys;
import io.wholechart.journal.Receipt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Which accesses were reviewed, kept in a log of its own beside the accesses: the service holds its
 * log while it runs, and a review must not wait until it stops.
 */
public final class Reviews {
  private static final String DIRECTORY = "reviews";
  static final String NODE = "-reviews"; // ends the name of the node of such a log
  private static final int LONGEST_NODE = 63 - NODE.length();

  private final long[] closed; // in order; a review is eight bytes, however many there are

  private Reviews(long[] closed) {
    this.closed = closed;
  }

  /** Those of the log in a directory; none where there has been no review yet. */
  public static Reviews read(Path directory, ReadKeys keys) throws IOException {
    Path reviews = directory.resolve(DIRECTORY);
    if (!Files.isDirectory(reviews)) {
      return new Reviews(new long[0]);
    }
    try (RecordLog log = RecordLog.open(reviews, keys, 1)) {
      return new Reviews(numbers(log));
    }
  }

  /** Where the reviews of a log are, if there have been any. */
  public static Optional<Path> of(Path directory) {
    return Optional.of(directory.resolve(DIRECTORY)).filter(Files::isDirectory);
  }

  boolean contains(long seq) {
    return Arrays.binarySearch(closed, seq) >= 0;
  }

  /**
   * Records that an access was reviewed.
   *
   * @param log where the access stands
   * @return the number of the record
   * @throws IOException where there is no such access, it was reviewed before, or the record cannot
   *     be kept; the message says which
   */
  public static long close(
      JournalSettings log,
      long seq,
      String by,
      String note,
      InstantSource clock,
      RandomGenerator random)
      throws IOException, InterruptedException {
    ReadKeys keys = ReadKeys.of(log.encryptionKey());
    Recorded access = waiting(log.directory(), keys, seq);
    String run = "%08x".formatted(random.nextInt());
    long start = System.nanoTime();
    Supplier<Stamp> stamp = () -> new Stamp(clock.instant(), System.nanoTime() - start, run);
    var closing = new ReviewClosed(stamp.get(), seq, by, note);
    try (var journal = Journal.open(settings(log, access.node()), events(stamp))) {
      return switch (journal.appendDurably(RecordText.encode(closing))) {
        case Receipt.Durable(long record, int _) -> record;
        case Receipt.NotDurable(Receipt.Reason reason) ->
            throw new IOException("the review could not be recorded: " + reason);
      };
    }
  }

  private static Recorded waiting(Path directory, ReadKeys keys, long seq) throws IOException {
    if (read(directory, keys).contains(seq)) {
      throw new IOException("record " + seq + " was reviewed before");
    }
    Recorded access =
        RecordLog.find(directory, keys, seq)
            .orElseThrow(() -> new IOException("there is no record " + seq));
    if (ReviewQueue.toReview(access).isEmpty()) {
      throw new IOException("record " + seq + " is no emergency or break-glass access");
    }
    return access;
  }

  private static JournalSettings settings(JournalSettings log, String node) {
    return new JournalSettings(
        log.directory().resolve(DIRECTORY),
        node.substring(0, Math.min(node.length(), LONGEST_NODE)) + NODE,
        log.signingKey(),
        null,
        log.encryptionKey(),
        log.segmentBytes());
  }

  private static JournalEvents events(Supplier<Stamp> stamp) {
    return new JournalEvents() {
      @Override
      public byte[] status(String event, String detail) {
        return RecordText.encode(new Status(stamp.get(), event, detail));
      }
    };
  }

  private static long[] numbers(RecordLog log) throws IOException {
    long[] numbers = new long[64];
    int count = 0;
    while (log.next()) {
      if (log.current().record() instanceof ReviewClosed closed) {
        if (count == numbers.length) {
          numbers = Arrays.copyOf(numbers, 2 * count);
        }
        numbers[count++] = closed.of();
      }
    }
    long[] inOrder = Arrays.copyOf(numbers, count);
    Arrays.sort(inOrder);
    return inOrder;
  }
}
