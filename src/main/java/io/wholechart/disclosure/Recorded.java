package io.wholechart.disclosure;

import io.wholechart.audit.AuditRecord;
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
}
