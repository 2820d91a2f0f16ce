package io.wholechart.disclosure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wholechart.audit.AuditRecord;
import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.journal.JournalLine;
import io.wholechart.journal.JournalReader;
import io.wholechart.journal.ReadKeys;
import io.wholechart.patient.PatientId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The records of a log, one after the other, as far as it has been written. Whatever its length, a
 * few of them are in memory: the one that is looked at, and the intents whose outcome is to come.
 */
public final class RecordLog implements AutoCloseable {
  private static final int MOST_INTENTS = 20_000; // more than can be under way at once
  private static final byte[] INTERRUPTED = "\"kind\":\"interrupted\"".getBytes(US_ASCII);

  private final JournalReader reader;
  private final byte @Nullable [] patient;
  private final Map<Long, Intent> intents = new LinkedHashMap<>();
  private @Nullable Recorded current;
  private long first;
  private long seq;

  private RecordLog(JournalReader reader, byte @Nullable [] patient) {
    this.reader = reader;
    this.patient = patient;
  }

  /** All records from a number on. */
  public static RecordLog open(Path directory, ReadKeys keys, long from) throws IOException {
    return new RecordLog(JournalReader.open(directory, keys, from), null);
  }

  /**
   * The records about one patient, from a number on. Other lines are passed over without being
   * understood, which is most of the time that a log of millions takes.
   */
  public static RecordLog about(PatientId patient, Path directory, ReadKeys keys, long from)
      throws IOException {
    byte[] field = ("\"patientId\":\"" + patient.value() + "\"").getBytes(US_ASCII);
    return new RecordLog(JournalReader.open(directory, keys, from), field);
  }

  /** One record by its number, if it is kept. */
  public static Optional<Recorded> find(Path directory, ReadKeys keys, long seq)
      throws IOException {
    Optional<Recorded> found = at(directory, keys, seq);
    if (found.isPresent() && found.get().record() instanceof Interrupted interrupted) {
      return at(directory, keys, interrupted.of())
          .filter(of -> of.record() instanceof Intent)
          .map(of -> found.get().of((Intent) of.record()))
          .or(() -> found);
    }
    return found;
  }

  private static Optional<Recorded> at(Path directory, ReadKeys keys, long seq) throws IOException {
    try (RecordLog log = open(directory, keys, seq)) {
      return log.next() && log.current().seq() == seq
          ? Optional.of(log.current())
          : Optional.empty();
    }
  }

  /** Goes on to the next record; false where there is none. */
  public boolean next() throws IOException {
    while (read(1)) {
      if (current != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Reads some lines more, and stops early at a record.
   *
   * @return whether there may be more; what was found, if anything, is {@link #found}
   */
  public boolean read(int lines) throws IOException {
    current = null;
    for (int i = 0; i < lines && current == null; i++) {
      if (!reader.next()) {
        return false;
      }
      JournalLine line = reader.line();
      seq = line.seq();
      first = first == 0 ? seq : first;
      if (isWanted(line.content())) {
        take(line);
      }
    }
    return true;
  }

  /** The record that {@link #next} went on to. */
  public Recorded current() {
    if (current == null) {
      throw new NoSuchElementException();
    }
    return current;
  }

  /** What the last {@link #read} stopped at; null where it did not. */
  public @Nullable Recorded found() {
    return current;
  }

  /** The number of the last line that was read; 0 before the first. */
  public long seq() {
    return seq;
  }

  /** The number of the first line that was read: those before may be kept no longer; 0 for none. */
  public long first() {
    return first;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private void take(JournalLine line) throws IOException {
    Recorded recorded = Recorded.of(line);
    AuditRecord record = recorded.record();
    switch (record) {
      case Intent intent -> remember(line.seq(), intent);
      case Outcome outcome -> intents.remove(outcome.intent());
      default -> {}
    }
    @Nullable Intent intent = record instanceof Interrupted i ? intents.remove(i.of()) : null;
    if (patient == null || !(record instanceof Interrupted) || intent != null) {
      current = intent == null ? recorded : recorded.of(intent);
    }
  }

  private void remember(long at, Intent intent) {
    intents.put(at, intent);
    if (intents.size() > MOST_INTENTS) {
      intents.remove(intents.keySet().iterator().next());
    }
  }

  private boolean isWanted(byte[] content) {
    return patient == null || startsWith(content, INTERRUPTED) || contains(content, patient);
  }

  private static boolean startsWith(byte[] content, byte[] start) {
    return content.length >= start.length && matches(content, 0, start);
  }

  private static boolean contains(byte[] content, byte[] part) {
    for (int i = 0; i <= content.length - part.length; i++) {
      if (matches(content, i, part)) {
        return true;
      }
    }
    return false;
  }

  private static boolean matches(byte[] content, int at, byte[] part) {
    for (int i = 0; i < part.length; i++) {
      if (content[at + i] != part[i]) {
        return false;
      }
    }
    return true;
  }
}
