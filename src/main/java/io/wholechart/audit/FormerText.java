package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one record as the bytes between {@code prev} and {@code hash}.
 *
 * <p>Written and read by hand and not by a JSON library: a record has exactly one spelling, for
 * ever, and that must not hang on a library's release. It is also what lets a reader trust a line:
 * no field twice, none hidden.
 */
final class FormerText {
  private static final String HEX = "0123456789abcdef";

  private FormerText() {}

  static byte[] encode(FormerRecord record) {
    var out = new StringBuilder(640);
    out.append("\"kind\":\"outcome\",\"at\":\"");
    TimeText.append(out, record.at());
    out.append("\",\"requestId\":");
    string(out, record.requestId());
    out.append(",\"caller\":");
    string(out, record.caller());
    out.append(",\"patientId\":");
    string(out, record.patientId());
    out.append(",\"urgency\":");
    string(out, record.urgency());
    out.append(",\"interaction\":");
    string(out, record.interaction());
    out.append(",\"sources\":[");
    for (int i = 0; i < record.sources().size(); i++) {
      out.append(i == 0 ? "" : ",");
      source(out, record.sources().get(i));
    }
    out.append("],\"httpStatus\":").append(record.httpStatus());
    out.append(",\"completeness\":").append(record.completeness());
    out.append(",\"problem\":");
    string(out, record.problem());
    if (record.requests() > 1) {
      out.append(",\"requests\":").append(record.requests());
    }
    return out.toString().getBytes(ISO_8859_1);
  }

  private static void source(StringBuilder out, FormerSource access) {
    out.append("{\"source\":");
    string(out, access.source());
    out.append(",\"asked\":");
    string(out, access.asked());
    out.append(",\"outcome\":");
    string(out, access.outcome());
    out.append(",\"identity\":");
    string(out, access.identity());
    out.append(",\"elapsedMs\":").append(access.elapsedMs());
    out.append(",\"attempts\":").append(access.attempts());
    out.append(",\"entries\":").append(access.entries()).append('}');
  }

  private static void string(StringBuilder out, @Nullable String text) {
    if (text == null) {
      out.append("null");
      return;
    }
    out.append('"');
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
    out.append('"');
  }

  /** The record that these bytes are the one spelling of, if they are. */
  static Optional<FormerRecord> decode(byte[] bytes, int from, int to) {
    try {
      FormerRecord record = new Reading(new String(bytes, from, to - from, ISO_8859_1)).record();
      byte[] canonical = encode(record);
      return Arrays.equals(canonical, 0, canonical.length, bytes, from, to)
          ? Optional.of(record)
          : Optional.empty();
    } catch (IllegalArgumentException | ArithmeticException | DateTimeException e) {
      return Optional.empty();
    }
  }

  /** Reads along the fixed order; lenient in details, since the bytes are compared afterwards. */
  private static final class Reading {
    private final String line;
    private int at;

    Reading(String line) {
      this.line = line;
    }

    FormerRecord record() {
      return new FormerRecord(
          TimeText.parse(text("\"kind\":\"outcome\",\"at\":\"")),
          text(",\"requestId\":\""),
          text(",\"caller\":\""),
          optionalText(",\"patientId\":"),
          optionalText(",\"urgency\":"),
          text(",\"interaction\":\""),
          sources(),
          Math.toIntExact(number(",\"httpStatus\":")),
          optionalFraction(",\"completeness\":"),
          optionalText(",\"problem\":"),
          at < line.length() ? Math.toIntExact(number(",\"requests\":")) : 1);
    }

    private List<FormerSource> sources() {
      var sources = new ArrayList<FormerSource>(4);
      expect(",\"sources\":[");
      while (!skip("]")) {
        expect(sources.isEmpty() ? "{" : ",{");
        sources.add(
            new FormerSource(
                text("\"source\":\""),
                optionalText(",\"asked\":"),
                text(",\"outcome\":\""),
                optionalText(",\"identity\":"),
                number(",\"elapsedMs\":"),
                Math.toIntExact(number(",\"attempts\":")),
                Math.toIntExact(number(",\"entries\":"))));
        expect("}");
      }
      return sources;
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

    private boolean skip(String literal) {
      if (!line.startsWith(literal, at)) {
        return false;
      }
      at += literal.length();
      return true;
    }
  }
}
