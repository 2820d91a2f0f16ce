package io.wholechart.audit;

import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.journal.JournalLine;
import io.wholechart.journal.JournalReader;
import io.wholechart.journal.ReadKeys;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Which requests have both of their records in an audit log. Read on from where it was read last,
 * so that a log to which hundreds of runs were added is not read hundreds of times.
 */
public final class RecordedAccesses {
  private final Path directory;
  private final Map<Long, String> intents = new HashMap<>();
  private final Map<String, Integer> statuses = new HashMap<>();
  private long next = 1;

  public RecordedAccesses(Path directory) {
    this.directory = directory;
  }

  /**
   * The status of every request whose outcome is there and, where it was not refused before there
   * was one, its intent before that.
   */
  public Map<String, Integer> read() throws IOException {
    try (var reader = JournalReader.open(directory, ReadKeys.none(), next)) {
      while (reader.next()) {
        note(reader.line());
        next = reader.line().seq() + 1;
      }
    }
    return statuses;
  }

  private void note(JournalLine line) {
    byte[] content = line.content();
    AuditRecord record =
        RecordText.decode(content, 0, content.length)
            .orElseThrow(() -> new AssertionError("record " + line.seq() + " cannot be read"));
    switch (record) {
      case Intent intent -> intents.put(line.seq(), intent.request().requestId());
      case Outcome outcome -> {
        String request = outcome.request().requestId();
        if (outcome.intent() != 0 && !request.equals(intents.get(outcome.intent()))) {
          throw new AssertionError("the intent of record " + line.seq() + " is not there");
        }
        if (statuses.put(request, outcome.answer().httpStatus()) != null) {
          throw new AssertionError("record " + line.seq() + " is a second outcome of one request");
        }
      }
      default -> {}
    }
  }
}
