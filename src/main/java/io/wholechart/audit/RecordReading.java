package io.wholechart.audit;

import io.wholechart.audit.AnswerGiven.Rating;
import io.wholechart.audit.AuditRecord.Configured;
import io.wholechart.audit.AuditRecord.Ended;
import io.wholechart.audit.AuditRecord.Gap;
import io.wholechart.audit.AuditRecord.Heartbeat;
import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.audit.AuditRecord.ReviewClosed;
import io.wholechart.audit.AuditRecord.Status;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a record's text along the fixed order; lenient in details, since whoever asked compares the
 * bytes afterwards.
 */
final class RecordReading {
  private final String line;
  private int at;

  RecordReading(String line) {
    this.line = line;
  }

  AuditRecord record() {
    String kind = text("\"kind\":\"");
    Stamp stamp =
        new Stamp(
            TimeText.parse(text(",\"at\":\"")), number(",\"mono\":"), text(",\"run\":\""), false);
    AuditRecord record =
        switch (kind) {
          case "intent" -> new Intent(stamp, request());
          case "outcome" -> outcome(stamp);
          case "ended" ->
              new Ended(
                  stamp,
                  number(",\"of\":"),
                  text(",\"how\":\"").equals("delivered"),
                  number(",\"bytes\":"));
          case "interrupted" -> new Interrupted(stamp, number(",\"of\":"));
          case "configured" ->
              new Configured(stamp, text(",\"version\":\""), text(",\"digest\":\""));
          case "status" -> new Status(stamp, text(",\"event\":\""), text(",\"detail\":\""));
          case "heartbeat" -> new Heartbeat(stamp, number(",\"records\":"));
          case "gap" ->
              new Gap(
                  stamp,
                  TimeText.parse(text(",\"from\":\"")),
                  TimeText.parse(text(",\"to\":\"")),
                  number(",\"count\":"),
                  texts(",\"hashes\":["));
          case "review-closed" ->
              new ReviewClosed(stamp, number(",\"of\":"), text(",\"by\":\""), text(",\"note\":\""));
          default -> throw new IllegalArgumentException("no such kind");
        };
    return skip(",\"spooled\":true") ? record.stamped(stamp.spooled()) : record;
  }

  private AccessRequest request() {
    var request =
        new AccessRequest(
            text(",\"requestId\":\""),
            optionalText(",\"traceId\":"),
            new Agent(
                optionalText(",\"agent\":{\"issuer\":"),
                optionalText(",\"subject\":"),
                text(",\"name\":\""),
                texts(",\"roles\":["),
                optionalText(",\"client\":"),
                optionalText(",\"tokenId\":"),
                optionalText(",\"address\":")),
            optionalText("},\"patientId\":"),
            text(",\"interaction\":\""),
            new Purpose(
                text(",\"purpose\":{\"purposeOfUse\":\""),
                optionalText(",\"urgencyAsked\":"),
                optionalText(",\"urgencyGranted\":"),
                optionalText(",\"reason\":")));
    expect("}");
    return request;
  }

  private AuditRecord outcome(Stamp stamp) {
    long intent = number(",\"intent\":");
    AccessRequest request = request();
    return new Outcome(
        stamp,
        intent,
        request,
        sources(),
        counts(",\"sections\":{"),
        new AnswerGiven(
            Math.toIntExact(number(",\"httpStatus\":")),
            optionalFraction(",\"completeness\":"),
            optionalText(",\"problem\":"),
            Rating.of(text(",\"outcome\":\"")),
            optionalText(",\"digest\":"),
            number(",\"bytes\":")),
        Math.toIntExact(number(",\"requests\":")),
        keptBack());
  }

  private KeptBack keptBack() {
    Map<String, Integer> withheld = sees(",\"withheld\":{") ? counts(",\"withheld\":{") : Map.of();
    return sees(",\"lifted\":")
        ? new KeptBack(withheld, Math.toIntExact(number(",\"lifted\":")), texts(",\"names\":["))
        : withheld.isEmpty() ? KeptBack.NOTHING : new KeptBack(withheld, 0, List.of());
  }

  private List<SourceAccess> sources() {
    var sources = new ArrayList<SourceAccess>(4);
    expect(",\"sources\":[");
    while (!skip("]")) {
      skip(",");
      sources.add(
          new SourceAccess(
              text("{\"source\":\""),
              optionalText(",\"asked\":"),
              optionalText(",\"notContacted\":"),
              text(",\"outcome\":\""),
              optionalNumber(",\"httpStatus\":"),
              optionalText(",\"identity\":"),
              number(",\"elapsedMs\":"),
              Math.toIntExact(number(",\"attempts\":")),
              Math.toIntExact(number(",\"entries\":")),
              number(",\"bytes\":"),
              optionalText(",\"digest\":")));
      expect("}");
    }
    return sources;
  }

  private Map<String, Integer> counts(String field) {
    var sections = new LinkedHashMap<String, Integer>();
    expect(field);
    while (!skip("}")) {
      skip(",");
      sections.put(text("\""), Math.toIntExact(number(":")));
    }
    return sections;
  }

  private List<String> texts(String field) {
    var texts = new ArrayList<String>();
    expect(field);
    while (!skip("]")) {
      skip(",");
      texts.add(text("\""));
    }
    return texts;
  }

  private @Nullable String optionalText(String field) {
    expect(field);
    return skip("null") ? null : text("\"");
  }

  /** The text behind what must stand before it, the opening quote included. */
  private String text(String before) {
    expect(before);
    int from = at;
    int quote = line.indexOf('"', from);
    if (quote > from && line.indexOf('\\', from, quote) >= 0) {
      return escapedText(); // rare: nobody's name has a quote or an accent in most logs
    }
    at = Math.max(quote, from);
    expect("\"");
    return line.substring(from, at - 1);
  }

  private String escapedText() {
    var text = new StringBuilder();
    while (!skip("\"")) {
      if (skip("\\u")) {
        text.append((char) Integer.parseInt(next(4), 16));
      } else {
        skip("\\");
        text.append(next(1));
      }
    }
    return text.toString();
  }

  private long number(String field) {
    expect(field);
    return Long.parseLong(digits());
  }

  private @Nullable Integer optionalNumber(String field) {
    expect(field);
    return skip("null") ? null : Integer.valueOf(digits());
  }

  private @Nullable Double optionalFraction(String field) {
    expect(field);
    return skip("null") ? null : Double.valueOf(digits());
  }

  private String digits() {
    int from = at;
    while (at < line.length() && line.charAt(at) != ',' && line.charAt(at) != '}') {
      at++;
    }
    return line.substring(from, at);
  }

  private String next(int length) {
    if (length > line.length() - at) {
      throw new IllegalArgumentException("ends too early");
    }
    at += length;
    return line.substring(at - length, at);
  }

  private void expect(String literal) {
    if (!skip(literal)) {
      throw new IllegalArgumentException("not a record");
    }
  }

  private boolean sees(String literal) {
    return line.startsWith(literal, at);
  }

  private boolean skip(String literal) {
    if (!line.startsWith(literal, at)) {
      return false;
    }
    at += literal.length();
    return true;
  }
}
