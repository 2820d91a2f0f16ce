package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wholechart.audit.AuditRecord.Configured;
import io.wholechart.audit.AuditRecord.Ended;
import io.wholechart.audit.AuditRecord.Gap;
import io.wholechart.audit.AuditRecord.Heartbeat;
import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.audit.AuditRecord.ReviewClosed;
import io.wholechart.audit.AuditRecord.Status;
import java.time.DateTimeException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A record as the content of a journal's line: the members of a JSON object without its braces.
 *
 * <p>Written and read by hand and not by a JSON library: a record has exactly one spelling, for
 * ever, and that must not hang on a library's release. It is also what lets a reader trust a line:
 * no field twice, none hidden.
 */
public final class RecordText {
  private static final String HEX = "0123456789abcdef";

  private final StringBuilder out = new StringBuilder(1536);

  private RecordText() {}

  public static byte[] encode(AuditRecord record) {
    var text = new RecordText();
    text.record(record);
    return text.out.toString().getBytes(ISO_8859_1);
  }

  /** The record that this content is the one spelling of, if it is. */
  public static Optional<AuditRecord> decode(byte[] content) {
    return decode(content, 0, content.length);
  }

  static Optional<AuditRecord> decode(byte[] bytes, int from, int to) {
    try {
      String line = new String(bytes, from, to - from, ISO_8859_1);
      AuditRecord record = new RecordReading(line).record();
      byte[] spelled = encode(record);
      return Arrays.equals(spelled, 0, spelled.length, bytes, from, to)
          ? Optional.of(record)
          : Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      return Optional.empty();
    }
  }

  private void record(AuditRecord record) {
    switch (record) {
      case Intent(Stamp stamp, AccessRequest request) -> begin("intent", stamp).request(request);
      case Outcome outcome -> outcome(outcome);
      case Ended ended ->
          begin("ended", ended.stamp())
              .number(",\"of\":", ended.of())
              .text(",\"how\":", ended.isDelivered() ? "delivered" : "aborted")
              .number(",\"bytes\":", ended.bytes());
      case Interrupted(Stamp stamp, long of) -> begin("interrupted", stamp).number(",\"of\":", of);
      case Configured(Stamp stamp, String version, String digest) ->
          begin("configured", stamp).text(",\"version\":", version).text(",\"digest\":", digest);
      case Status(Stamp stamp, String event, String detail) ->
          begin("status", stamp).text(",\"event\":", event).text(",\"detail\":", detail);
      case Heartbeat(Stamp stamp, long records) ->
          begin("heartbeat", stamp).number(",\"records\":", records);
      case Gap gap -> gap(gap);
      case ReviewClosed(Stamp stamp, long of, String by, String note) ->
          begin("review-closed", stamp)
              .number(",\"of\":", of)
              .text(",\"by\":", by)
              .text(",\"note\":", note);
    }
    if (record.stamp().isSpooled()) {
      out.append(",\"spooled\":true");
    }
  }

  private RecordText begin(String kind, Stamp stamp) {
    out.append("\"kind\":\"").append(kind).append("\",\"at\":\"");
    TimeText.append(out, stamp.at());
    out.append('"');
    return number(",\"mono\":", stamp.mono()).text(",\"run\":", stamp.run());
  }

  private void request(AccessRequest request) {
    Agent agent = request.agent();
    Purpose purpose = request.purpose();
    text(",\"requestId\":", request.requestId());
    text(",\"traceId\":", request.traceId());
    text(",\"agent\":{\"issuer\":", agent.issuer());
    text(",\"subject\":", agent.subject());
    text(",\"name\":", agent.name());
    texts(",\"roles\":[", agent.roles());
    text(",\"client\":", agent.client());
    text(",\"tokenId\":", agent.tokenId());
    text(",\"address\":", agent.address());
    text("},\"patientId\":", request.patientId());
    text(",\"interaction\":", request.interaction());
    text(",\"purpose\":{\"purposeOfUse\":", purpose.purposeOfUse());
    text(",\"urgencyAsked\":", purpose.urgencyAsked());
    text(",\"urgencyGranted\":", purpose.urgencyGranted());
    text(",\"reason\":", purpose.reason());
    out.append('}');
  }

  private void outcome(Outcome outcome) {
    begin("outcome", outcome.stamp()).number(",\"intent\":", outcome.intent());
    request(outcome.request());
    sources(outcome);
    counts(",\"sections\":{", outcome.sections());
    AnswerGiven answer = outcome.answer();
    number(",\"httpStatus\":", answer.httpStatus());
    out.append(",\"completeness\":").append(answer.completeness());
    text(",\"problem\":", answer.problem());
    text(",\"outcome\":", answer.outcome().code());
    text(",\"digest\":", answer.digest());
    number(",\"bytes\":", answer.bytes());
    number(",\"requests\":", outcome.requests());
    keptBack(outcome.keptBack());
  }

  /** Most have none of it, and older records have no word for it. */
  private void keptBack(KeptBack keptBack) {
    if (!keptBack.withheld().isEmpty()) {
      counts(",\"withheld\":{", keptBack.withheld());
    }
    if (keptBack.lifted() > 0) {
      number(",\"lifted\":", keptBack.lifted()).texts(",\"names\":[", keptBack.names());
    }
  }

  private void sources(Outcome outcome) {
    String before = ",\"sources\":[";
    for (SourceAccess access : outcome.sources()) {
      source(before, access);
      before = ",";
    }
    out.append(outcome.sources().isEmpty() ? ",\"sources\":[]" : "]");
  }

  private void counts(String field, Map<String, Integer> counts) {
    out.append(field);
    String before = "";
    for (Map.Entry<String, Integer> count : counts.entrySet()) {
      text(before, count.getKey());
      out.append(':').append(count.getValue().intValue());
      before = ",";
    }
    out.append('}');
  }

  private void source(String before, SourceAccess access) {
    out.append(before);
    text("{\"source\":", access.source());
    text(",\"asked\":", access.asked());
    text(",\"notContacted\":", access.notContacted());
    text(",\"outcome\":", access.outcome());
    out.append(",\"httpStatus\":").append(access.httpStatus());
    text(",\"identity\":", access.identity());
    number(",\"elapsedMs\":", access.elapsedMs());
    number(",\"attempts\":", access.attempts());
    number(",\"entries\":", access.entries());
    number(",\"bytes\":", access.bytes());
    text(",\"digest\":", access.digest());
    out.append('}');
  }

  private void gap(Gap gap) {
    begin("gap", gap.stamp());
    out.append(",\"from\":\"");
    TimeText.append(out, gap.from());
    out.append("\",\"to\":\"");
    TimeText.append(out, gap.to());
    out.append('"');
    number(",\"count\":", gap.count()).texts(",\"hashes\":[", gap.hashes());
  }

  private RecordText number(String field, long number) {
    out.append(field).append(number);
    return this;
  }

  private void texts(String field, List<String> texts) {
    out.append(field);
    for (int i = 0; i < texts.size(); i++) {
      text(i == 0 ? "" : ",", texts.get(i));
    }
    out.append(']');
  }

  private RecordText text(String field, @Nullable String text) {
    out.append(field);
    if (text == null) {
      out.append("null");
      return this;
    }
    out.append('"');
    if (isPlain(text)) {
      out.append(text);
    } else {
      escaped(text);
    }
    out.append('"');
    return this;
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < ' ' || c > '~' || c == '"' || c == '\\') {
        return false;
      }
    }
    return true;
  }

  private void escaped(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '"' || c == '\\') {
        out.append('\\').append(c);
      } else if (c >= ' ' && c <= '~') {
        out.append(c);
      } else {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) {
          out.append(HEX.charAt(c >> shift & 0xf));
        }
      }
    }
  }
}
