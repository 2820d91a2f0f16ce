package io.wholechart.disclosure;

import io.wholechart.audit.AuditRecord;
import io.wholechart.audit.AuditRecord.Status;
import io.wholechart.audit.RecordText;
import io.wholechart.journal.Journal;
import io.wholechart.journal.JournalEvents;
import io.wholechart.journal.JournalSettings;
import io.wholechart.journal.ReadKeys;
import io.wholechart.journal.Receipt;
import java.io.IOException;
import java.nio.file.Path;

/** A log that a test writes, in a folder of its own. */
final class WrittenLog implements AutoCloseable {
  final JournalSettings settings;
  private final Journal journal;

  WrittenLog(Path folder) throws IOException {
    this(folder, JournalSettings.SEGMENT_BYTES);
  }

  WrittenLog(Path folder, long segmentBytes) throws IOException {
    settings =
        new JournalSettings(
            folder.resolve("audit"),
            Recordings.NODE,
            folder.resolve("key.pem"),
            null,
            null,
            segmentBytes);
    journal = Journal.open(settings, EVENTS);
  }

  static final JournalEvents EVENTS =
      new JournalEvents() {
        @Override
        public byte[] status(String event, String detail) {
          return RecordText.encode(
              new Status(Recordings.at("2026-01-01T00:00:00Z"), event, detail));
        }
      };

  /** Writes a record, and says which number it has. */
  long write(AuditRecord record) throws InterruptedException {
    return ((Receipt.Durable) journal.appendDurably(RecordText.encode(record))).seq();
  }

  RecordLog read() throws IOException {
    return RecordLog.open(settings.directory(), ReadKeys.none(), 1);
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }
}
