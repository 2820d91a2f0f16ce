package io.wholechart.disclosure;

import io.wholechart.journal.ReadKeys;
import io.wholechart.patient.PatientId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Finds AuditEvents in the log of a running service, a page at a time.
 *
 * <p>There is no index: a page ends when it is full, and also when so many lines were looked at
 * that the next caller should have a turn. A page may so be empty and not the last.
 */
public final class EventSearch {
  /** A log of millions, at some hundred thousand lines a second. */
  private static final int MOST_LINES = 500_000;

  private final Path directory;
  private final ReadKeys keys;
  private final int mostLines;

  public EventSearch(Path directory, ReadKeys keys) {
    this(directory, keys, MOST_LINES);
  }

  EventSearch(Path directory, ReadKeys keys, int mostLines) {
    this.directory = directory;
    this.keys = keys;
    this.mostLines = mostLines;
  }

  /**
   * What is looked for.
   *
   * @param patient null for everybody
   * @param after the number of the last line that was looked at before; 0 for none
   * @param count how many events at most
   */
  public record Query(@Nullable PatientId patient, Period period, long after, int count) {}

  /**
   * What was found.
   *
   * @param next where the next page begins; nothing where the log ends
   */
  public record Page(List<Event> events, OptionalLong next) {
    public Page {
      events = List.copyOf(events);
    }
  }

  /** An AuditEvent, as JSON. */
  @SuppressWarnings("ArrayRecordComponent") // is written out, and nothing else
  public record Event(String id, byte[] json) {}

  public Page find(Query query) throws IOException {
    try (RecordLog log = open(query)) {
      List<Event> events = new ArrayList<>();
      long last = query.after() + mostLines;
      while (events.size() < query.count() && log.seq() < last) {
        if (!log.read(lines(log, last, query))) {
          return new Page(events, OptionalLong.empty());
        }
        @Nullable Recorded found = log.found();
        if (found != null && query.period().contains(found.record().stamp().at())) {
          AuditEvents.write(found)
              .ifPresent(json -> events.add(new Event(AuditEvents.id(found), json)));
        }
      }
      return new Page(events, OptionalLong.of(log.seq()));
    }
  }

  private int lines(RecordLog log, long last, Query query) {
    return (int) Math.min(mostLines, last - Math.max(log.seq(), query.after()));
  }

  private RecordLog open(Query query) throws IOException {
    long from = query.after() + 1;
    return query.patient() == null
        ? RecordLog.open(directory, keys, from)
        : RecordLog.about(query.patient(), directory, keys, from);
  }
}
