package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wholechart.journal.Appending;
import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalReader;
import io.wholechart.journal.ReadKeys;
import io.wholechart.journal.Receipt;
import io.wholechart.journal.Spool;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Copies the spool into the journal, in order, each record as itself and marked; what it refers to
 * by the spool's numbers, by the journal's.
 *
 * <p>None gets there twice: what the journal holds of the time since the spool began is looked at
 * first. That finds what was copied before a crash, and what was handed to a journal whose disk
 * only hung, and got there after it had been given up.
 */
final class SpoolCopy {
  private static final Log log = Log.of(SpoolCopy.class);
  private static final String AFTER = "\"after\":";
  // More than can have been on their way to the journal at once.
  private static final long ON_THEIR_WAY = 20_000;

  private final Spool spool;
  private final Journal journal;
  private final Path directory;
  private final ReadKeys keys;
  private final Numbers numbers;
  private final Map<Long, Appending> appended = new LinkedHashMap<>();
  private @Nullable Map<String, Long> there; // by content
  private long copied; // the number of the last one

  SpoolCopy(Spool spool, Journal journal, Path directory, ReadKeys keys, Numbers numbers) {
    this.spool = spool;
    this.journal = journal;
    this.directory = directory;
    this.keys = keys;
    this.numbers = numbers;
  }

  /**
   * Copies what is there and was not copied yet.
   *
   * @throws IOException where not all of it got there
   */
  void copy() throws IOException, InterruptedException {
    there = null; // it has grown since
    appended.clear();
    spool.read(this::line);
    settle();
  }

  private void line(long seq, byte[] content) throws IOException, InterruptedException {
    if (seq <= copied) {
      return;
    }
    String text = new String(content, ISO_8859_1);
    int comma = text.indexOf(',');
    Optional<AuditRecord> spooled =
        text.startsWith(AFTER) && comma > 0
            ? RecordText.decode(content, comma + 1, content.length)
            : Optional.empty();
    if (spooled.isEmpty()) {
      log.error(
          "Record {} of the audit spool is not spelled as one, and left out", Safe.number(seq));
      return;
    }
    AuditRecord record = spooled.get();
    if (!numbers.isKnown(record)) {
      settle(); // what it refers to may be on its way
    }
    long after = Long.parseLong(text, AFTER.length(), comma, 10);
    Long found = find(record, after);
    if (found != null) {
      settle();
      copied(seq, found);
    } else {
      appended.put(seq, journal.append(RecordText.encode(marked(record))));
    }
  }

  private AuditRecord marked(AuditRecord record) {
    AuditRecord resolved = numbers.resolved(record);
    return resolved.stamped(resolved.stamp().spooled());
  }

  private @Nullable Long find(AuditRecord record, long after) throws IOException {
    Map<String, Long> known = there;
    if (known == null) {
      known = since(Math.max(1, after - ON_THEIR_WAY));
      there = known;
    }
    Long found = known.get(text(marked(record)));
    return found == null ? known.get(text(record)) : found;
  }

  private static String text(AuditRecord record) {
    return new String(RecordText.encode(record), ISO_8859_1);
  }

  /** Those that an emergency can have made. */
  private Map<String, Long> since(long seq) throws IOException {
    var contents = new HashMap<String, Long>();
    try (var reader = JournalReader.open(directory, keys, seq, journal::durableSize)) {
      while (reader.next()) {
        String content = new String(reader.line().content(), ISO_8859_1);
        if (content.contains("\"urgencyGranted\":\"emergency\"")
            || content.startsWith("\"kind\":\"ended\"")) {
          contents.put(content, reader.line().seq());
        }
      }
    }
    return contents;
  }

  private void settle() throws IOException, InterruptedException {
    for (var entry : appended.entrySet()) {
      switch (entry.getValue().await(Journal.DURABLE_WITHIN)) {
        case Receipt.Durable(long seq, _) -> copied(entry.getKey(), seq);
        case Receipt.NotDurable(Receipt.Reason reason) ->
            throw new IOException("the journal did not take a spooled record: " + reason);
      }
    }
    appended.clear();
  }

  private void copied(long number, long seq) {
    numbers.copied(Numbers.SPOOL + number, seq);
    copied = number;
  }
}
