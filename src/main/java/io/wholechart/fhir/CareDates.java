package io.wholechart.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wholechart.patient.ClinicalTime;
import io.wholechart.patient.Entry;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.Section;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The dates of care that {@code $everything} is asked for, {@code start} and {@code end} included.
 *
 * <p>They choose among what happens on a day. What holds from some day on is never left out for its
 * date: an allergy noted in 1989 is still one, and so may be a drug that was prescribed before
 * {@code start}. Neither is what has no time, or lasts into these dates as far as it says.
 */
public record CareDates(@Nullable ClinicalTime start, @Nullable ClinicalTime end) {
  public static final CareDates ALL = new CareDates(null, null);

  private static final Set<Section> EVENTS =
      EnumSet.of(
          Section.RESULTS,
          Section.IMAGING,
          Section.ENCOUNTERS,
          Section.IMMUNIZATIONS,
          Section.PROCEDURES,
          Section.DOCUMENTS);

  public boolean include(Entry entry) {
    @Nullable ClinicalTime time = entry.facts().time();
    if (time == null || entry.section().filter(EVENTS::contains).isEmpty()) {
      return true;
    }
    boolean isTooLate = end != null && time.epochMillis() > latest(end);
    boolean isTooEarly =
        start != null
            && latest(time) < start.epochMillis()
            && endOfPeriod(entry.bytes()) < start.epochMillis();
    return !isTooLate && !isTooEarly;
  }

  /** The last millisecond that a time can mean. */
  private static long latest(ClinicalTime time) {
    LocalDate day = Instant.ofEpochMilli(time.epochMillis()).atZone(ZoneOffset.UTC).toLocalDate();
    return switch (time.precision()) {
      case INSTANT -> time.epochMillis();
      case DAY -> before(day.plusDays(1));
      case MONTH -> before(day.plusMonths(1));
      case YEAR -> before(day.plusYears(1));
    };
  }

  private static long before(LocalDate day) {
    return day.atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli() - 1;
  }

  /** When it was over: the end of a period; for ever where there is a period without an end. */
  private static long endOfPeriod(ResourceBytes bytes) {
    try (JsonParser parser = PayloadReader.JSON.createParser(bytes.toByteArray())) {
      long latest = Long.MIN_VALUE;
      parser.nextToken();
      for (var field = Json.firstField(parser); field != null; field = Json.nextField(parser)) {
        boolean isPeriod = field.equals("period") || field.endsWith("Period");
        if (isPeriod && parser.currentToken() == JsonToken.START_OBJECT) {
          latest = Math.max(latest, end(parser));
        } else {
          parser.skipChildren();
        }
      }
      return latest;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read before, from the same bytes
    }
  }

  private static long end(JsonParser parser) throws IOException {
    @Nullable String end = null;
    for (var field = Json.firstField(parser); field != null; field = Json.nextField(parser)) {
      if (field.equals("end")) {
        end = Json.text(parser);
      } else {
        parser.skipChildren();
      }
    }
    return end == null
        ? Long.MAX_VALUE
        : ClinicalTime.parse(end).map(CareDates::latest).orElse(Long.MAX_VALUE);
  }
}
