package io.wholechart.bench;

import io.wholechart.bench.Charts.Chart;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the stub sources answer: whole HTTP responses, made once for each request target. */
final class StubAnswers {
  /** What our service asks for at most, and what a server that honours it puts on a page. */
  private static final int PAGE = 250;

  private static final Pattern EVERYTHING =
      Pattern.compile("/fhir/Patient/([^/?]+)/(?:\\$|%24)everything.*");
  private static final Pattern NEXT =
      Pattern.compile("/fhir\\?_getpages=([^&]+)&_getpagesoffset=(\\d+).*");
  private static final Pattern SEARCH =
      Pattern.compile("/fhir/([A-Za-z]+)\\?(?:patient|_id)=([^&]+).*");
  private static final Pattern RESULTS = Pattern.compile("/results\\?patient=([^&]+).*");
  private static final Pattern STUDIES =
      Pattern.compile("/dicom-web/studies\\?PatientID=([^&]+).*");

  private final Charts charts;
  private final String date =
      DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC));
  private final Map<String, Chart> known = new HashMap<>();
  private final Map<String, ByteBuffer> responses = new HashMap<>();

  StubAnswers(Charts charts) {
    this.charts = charts;
  }

  /** A response to be sent from position 0; nobody else moves its position. */
  ByteBuffer to(String target, int port) {
    return responses.computeIfAbsent(port + target, _ -> respond(target, port)).duplicate();
  }

  private ByteBuffer respond(String target, int port) {
    Matcher match;
    if ((match = EVERYTHING.matcher(target)).matches()) {
      return fhir(page(match.group(1), 0, port));
    }
    if ((match = NEXT.matcher(target)).matches()) {
      return fhir(page(match.group(1), Integer.parseInt(match.group(2)), port));
    }
    if ((match = SEARCH.matcher(target)).matches()) {
      return fhir(chart(match.group(2)).search(match.group(1)));
    }
    if ((match = RESULTS.matcher(target)).matches()) {
      return response("application/hl7-v2; charset=utf-8", chart(match.group(1)).results());
    }
    if ((match = STUDIES.matcher(target)).matches()) {
      return response("application/dicom+json", chart(match.group(1)).studies());
    }
    throw new IllegalArgumentException("the stub sources have nothing at " + target);
  }

  private Chart chart(String id) {
    return known.computeIfAbsent(id, charts::of);
  }

  private byte[] page(String id, int offset, int port) {
    List<String> entries = chart(id).everything();
    String base = "http://127.0.0.1:" + port + "/fhir";
    var out = new StringBuilder("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":");
    out.append(entries.size()).append(",\"link\":[{\"relation\":\"self\",\"url\":\"");
    out.append(base).append("/Patient/").append(id).append("/$everything\"}");
    int end = Math.min(offset + PAGE, entries.size());
    if (end < entries.size()) {
      out.append(",{\"relation\":\"next\",\"url\":\"").append(base);
      out.append("?_getpages=").append(id).append("&_getpagesoffset=").append(end).append("\"}");
    }
    out.append("],\"entry\":[").append(String.join(",", entries.subList(offset, end)));
    return out.append("]}").toString().getBytes(StandardCharsets.UTF_8);
  }

  private ByteBuffer fhir(byte[] body) {
    return response("application/fhir+json;charset=UTF-8", body);
  }

  private ByteBuffer response(String type, byte[] body) {
    byte[] head =
        "HTTP/1.1 200 OK\r\nDate: %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
            .formatted(date, type, body.length)
            .getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocateDirect(head.length + body.length).put(head).put(body).flip();
  }
}
