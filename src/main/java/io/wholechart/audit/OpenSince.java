package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.journal.JournalReader;
import io.wholechart.journal.ReadKeys;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * From which record on an intent may be without its outcome: noted beside the journal now and then,
 * so that a start after a crash reads minutes of a log and not years.
 *
 * <p>What is noted is where the log stood at the heartbeat before the last: no access lasts longer
 * than that. The note is only where to begin; a wrong one costs time, or leaves an intent without
 * the record that says so, and an intent without an outcome says it all the same.
 */
final class OpenSince {
  private static final Log log = Log.of(OpenSince.class);
  private static final String FILE = "open-since";

  private final Path file;
  private long lastBeat;

  OpenSince(Path directory) {
    this.file = directory.resolve(FILE);
  }

  /** The intents, up to this record, that have no outcome. */
  List<Long> intents(Path directory, ReadKeys keys, long to) throws IOException {
    var open = new TreeSet<Long>();
    long from = noted() + 1;
    if (from > to) {
      return List.of();
    }
    try (var reader = JournalReader.open(directory, keys, from)) {
      while (reader.next() && reader.line().seq() <= to) {
        follow(reader.line().seq(), RecordText.decode(reader.line().content()), open);
      }
    }
    return List.copyOf(open);
  }

  private static void follow(long seq, Optional<AuditRecord> record, Set<Long> open) {
    switch (record.orElse(null)) {
      case Intent _ -> open.add(seq);
      case Outcome outcome -> open.remove(outcome.intent());
      case Interrupted interrupted -> open.remove(interrupted.of());
      case null, default -> {}
    }
  }

  /** The log is alive, and this long. */
  void beat(long size) {
    if (lastBeat > 0) {
      mark(lastBeat);
    }
    lastBeat = size;
  }

  /** No intent up to this record is without its outcome. */
  void mark(long size) {
    Path next = file.resolveSibling(FILE + ".new");
    try {
      Files.writeString(next, Long.toString(size), US_ASCII);
      Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      log.warn("Where the audit log's open accesses begin was not noted: {}", Safe.ofFile(e));
    }
  }

  private long noted() throws IOException {
    try {
      return Math.max(0, Long.parseLong(Files.readString(file, US_ASCII)));
    } catch (NoSuchFileException | NumberFormatException e) {
      return 0;
    }
  }
}
