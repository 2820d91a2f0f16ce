package io.wholechart.disclosure;

import io.wholechart.audit.AuditRecord;
import io.wholechart.audit.RecordText;
import io.wholechart.journal.JournalLine;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A record as it stands in a log.
 *
 * @param intent what was about to be done, where the record says that it was interrupted; null
 *     otherwise, and where that is no longer in the log
 */
public record Recorded(
    String node, long seq, AuditRecord record, AuditRecord.@Nullable Intent intent) {
  Recorded(String node, long seq, AuditRecord record) {
    this(node, seq, record, null);
  }

  /**
   * The record of a line.
   *
   * @throws IOException if it is none
   */
  public static Recorded of(JournalLine line) throws IOException {
    AuditRecord record =
        RecordText.decode(line.content())
            .orElseThrow(() ->
                new IOException(
                    "record %d is not understood; audit verify says what is wrong"
                        .formatted(line.seq())));
    return new Recorded(line.node(), line.seq(), record);
  }

  Recorded of(AuditRecord.Intent begun) {
    return new Recorded(node, seq, record, begun);
  }
}
