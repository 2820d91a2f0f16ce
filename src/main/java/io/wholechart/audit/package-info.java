/**
 * Who looked at whose chart, kept so that it can be shown years later: the record, the journal,
 * verify and report. No answer leaves before its record is on disk.
 */
@NullMarked
package io.wholechart.audit;

import org.jspecify.annotations.NullMarked;
