package io.wholechart.shipping;

import io.wholechart.journal.JournalLine;
import io.wholechart.journal.JournalReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a sink has not got yet, as it is on disk: never more of it in memory than one batch. Belongs
 * to one thread.
 */
final class Backlog implements AutoCloseable {
  static final int MOST_LINES = 500;
  static final int MOST_BYTES = 1 << 20;

  private final ShippedJournal journal;
  private @Nullable JournalReader reader;
  private long next;
  private List<JournalLine> batch = List.of();

  Backlog(ShippedJournal journal, long next) {
    this.journal = journal;
    this.next = next;
  }

  /** The next records; the same ones until they are {@link #shipped}; none where there are none. */
  List<JournalLine> batch() throws IOException {
    if (batch.isEmpty()) {
      batch = read();
    }
    return batch;
  }

  /** Whether that is the last record of the batch. */
  boolean endsWith(long seq) {
    return !batch.isEmpty() && batch.getLast().seq() == seq;
  }

  /** Goes on behind the last batch. */
  void shipped() {
    next = batch.isEmpty() ? next : batch.getLast().seq() + 1;
    batch = List.of();
  }

  /** Goes on with this record, wherever it was before. */
  void from(long seq) throws IOException {
    boolean isThere = batch.isEmpty() ? next == seq : batch.getFirst().seq() == seq;
    if (!isThere) {
      close();
      next = seq;
    }
  }

  private List<JournalLine> read() throws IOException {
    JournalReader lines = reader == null ? open() : reader;
    List<JournalLine> read = new ArrayList<>();
    int bytes = 0;
    while (read.size() < MOST_LINES && bytes < MOST_BYTES && lines.next()) {
      read.add(lines.line());
      bytes += lines.line().raw().length;
    }
    return read;
  }

  private JournalReader open() throws IOException {
    JournalReader opened =
        JournalReader.open(journal.directory(), journal.keys(), next, journal.durableSize());
    reader = opened;
    return opened;
  }

  @Override
  public void close() throws IOException {
    batch = List.of();
    if (reader != null) {
      reader.close();
      reader = null;
    }
  }
}
