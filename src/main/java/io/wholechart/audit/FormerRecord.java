package io.wholechart.audit;

import static io.wholechart.audit.Wording.require;

import io.wholechart.patient.PatientId;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who asked for whose chart, what the sources gave, and what was answered.
 *
 * @param at when the request came, cut to milliseconds
 * @param patientId null where the request was refused before a legal id was read: hostile text
 *     never enters the log
 * @param urgency null where the request did not name a legal one, or was not read so far
 * @param interaction what was done, as a word: {@code patient-read}; {@code none} where it did not
 *     come to that
 * @param completeness null where no source was asked
 * @param problem the stable type of the problem that was answered; null where there was none
 * @param requests how many requests it stands for: 1, but for a summary of a flood that was shed
 */
public record FormerRecord(
    Instant at,
    String requestId,
    String caller,
    @Nullable String patientId,
    @Nullable String urgency,
    String interaction,
    List<FormerSource> sources,
    int httpStatus,
    @Nullable Double completeness,
    @Nullable String problem,
    int requests) {
  static final int MOST_SOURCES = 200;
  private static final Instant EARLIEST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("9999-12-31T23:59:59.999Z");

  public FormerRecord {
    at = at.truncatedTo(ChronoUnit.MILLIS);
    require(!at.isBefore(EARLIEST) && !at.isAfter(LATEST), "at", "lies in the years 1970 to 9999");
    Wording.requestId(requestId);
    Wording.name("caller", caller, 256);
    require(
        patientId == null || PatientId.isLegal(patientId),
        "patientId",
        "is a legal id, or null where the request's was not");
    if (urgency != null) {
      Wording.word("urgency", urgency);
    }
    Wording.word("interaction", interaction);
    sources = List.copyOf(sources);
    require(sources.size() <= MOST_SOURCES, "sources", "are at most " + MOST_SOURCES);
    require(httpStatus >= 100 && httpStatus <= 599, "httpStatus", "lies between 100 and 599");
    require(
        completeness == null || (completeness >= 0 && completeness <= 1),
        "completeness",
        "lies between 0 and 1");
    if (problem != null) {
      Wording.word("problem", problem);
    }
    require(requests >= 1, "requests", "are at least 1");
    require(requests == 1 || patientId == null, "requests", "of several patients name none");
  }

  /** The record of one request. */
  public FormerRecord(
      Instant at,
      String requestId,
      String caller,
      @Nullable String patientId,
      @Nullable String urgency,
      String interaction,
      List<FormerSource> sources,
      int httpStatus,
      @Nullable Double completeness,
      @Nullable String problem) {
    this(
        at,
        requestId,
        caller,
        patientId,
        urgency,
        interaction,
        sources,
        httpStatus,
        completeness,
        problem,
        1);
  }

  /** One record for several requests that were answered alike, of which this is the first. */
  public FormerRecord summary(String summaryId, int summed) {
    return new FormerRecord(
        at,
        summaryId,
        caller,
        null,
        urgency,
        interaction,
        List.of(),
        httpStatus,
        null,
        problem,
        summed);
  }

  @Override
  public String toString() {
    return "FormerRecord[requestId=" + requestId + "]"; // the rest says who is whose patient
  }
}
