package io.wholechart.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wholechart.faults.SourceServer.Asked;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.GZIPOutputStream;

/** Gives the answers of a source that may have a fault, as the plan for the patient says. */
final class FaultScript implements SourceServer.Behaviour {
  private static final long GIBIBYTE = 1L << 30;
  private static final byte[] BLANKS = blanks(64 * 1024);
  private static final byte[] BOMB = gzip(blanks(64 << 20));
  private static final int DEPTH = 100_000;

  private final Plan plan;
  private final LongAdder hugeBytes = new LongAdder();

  FaultScript(Plan plan) {
    this.plan = plan;
  }

  /** How much was sent of bodies that are too large. */
  long hugeBytes() {
    return hugeBytes.sum();
  }

  @Override
  public boolean answer(Asked asked, Wire wire) throws IOException, InterruptedException {
    Fault fault = plan.fault(asked.source(), asked.patient());
    if (fault == null || fault.isOfThePlace()) {
      wire.write(asked.right().http(asked.patient()));
      return true;
    }
    return answer(fault, asked, wire);
  }

  private boolean answer(Fault fault, Asked asked, Wire wire)
      throws IOException, InterruptedException {
    String canary = Canary.of(asked.source(), asked.patient());
    String spoiled = asked.right().body(asked.patient()).replace("remark", canary);
    String type = asked.right().contentType();
    switch (fault) {
      case NO_BYTES -> {
        wire.untilHungUp();
        return false;
      }
      case SLOW_DRIP -> drip(wire, head(200, canary, type) + length(spoiled) + spoiled);
      case LATE_ANSWER -> late(asked, wire, head(200, canary, type) + length(spoiled) + spoiled);
      case RESET_BEFORE_HEADERS -> {
        wire.reset();
        return false;
      }
      case RESET_AFTER_HEADERS -> {
        wire.write(head(200, canary, type) + "Content-Length: 100000\r\n\r\n" + canary);
        // Else the reset might overtake what was written, and come before the headers.
        TimeUnit.MILLISECONDS.sleep(20);
        wire.reset();
        return false;
      }
      case EMPTY_200 -> wire.write(head(200, canary, type) + "Content-Length: 0\r\n\r\n");
      case VALID_EMPTY -> say(wire, 200, canary, type, nothing(asked.source()));
      case NOT_FOUND -> say(wire, 404, canary, "text/html", "<h1>" + canary + "</h1>");
      case NOT_FOUND_IN_WORDS -> say(wire, 404, canary, type, outcome(canary));
      case SERVER_ERROR -> say(wire, 500, canary, type, outcome(canary));
      case UNAVAILABLE -> say(wire, 503, canary, type + "\r\nRetry-After: 30", outcome(canary));
      case THROTTLED -> say(wire, 429, canary, type + "\r\nRetry-After: 30", outcome(canary));
      case UNAUTHORIZED ->
          say(wire, 401, canary, type + "\r\nWWW-Authenticate: " + canary, outcome(canary));
      case MALFORMED -> say(wire, 200, canary, type, malformed(asked.source(), spoiled));
      case WRONG_CONTENT_TYPE -> say(wire, 200, canary, "text/html", spoiled);
      case WRONG_PATIENT -> say(wire, 200, canary, type, another(asked, canary));
      case CONFLICTING_BIRTH_DATE -> say(wire, 200, canary, type, bornLater(asked));
      case HUGE_BODY -> huge(wire, head(200, canary, type), spoiled);
      case GZIP_BOMB -> {
        wire.write(
            head(200, canary, type)
                + "Content-Encoding: gzip\r\nContent-Length: "
                + BOMB.length
                + "\r\n\r\n");
        wire.write(BOMB);
      }
      case DEPTH -> say(wire, 200, canary, type, deep(canary));
      case REDIRECT_LINK_LOCAL, REDIRECT_LOOPBACK ->
          say(wire, 302, canary, type + "\r\nLocation: " + plan.redirect(fault) + canary, canary);
      case TRUNCATED_CHUNK -> {
        wire.write(
            head(200, canary, type)
                + "Transfer-Encoding: chunked\r\n\r\n"
                + Integer.toHexString(spoiled.length())
                + "\r\n"
                + spoiled.substring(0, spoiled.length() / 2));
        return false;
      }
      case INVALID_CHARACTERS ->
          say(wire, 200, canary, type, spoiled.replace(canary, canary + "\u00c0\u00af\u00ff"));
      case REFUSED, EXPIRED_CERTIFICATE, WRONG_HOST_CERTIFICATE, NAME_NOT_FOUND, HANGING_RESOLVER ->
          throw new IllegalStateException("no answer has that fault: " + fault);
    }
    return true;
  }

  private static void say(Wire wire, int status, String canary, String type, String body)
      throws IOException {
    wire.write(head(status, canary, type) + length(body) + body);
  }

  /** Without its end: what comes next says how long the body is. */
  private static String head(int status, String canary, String type) {
    return "HTTP/1.1 %d %s\r\nServer: %s\r\nContent-Type: %s\r\n"
        .formatted(status, canary, canary, type);
  }

  private static String length(String body) {
    return "Content-Length: " + body.length() + "\r\n\r\n";
  }

  private static void drip(Wire wire, String answer) throws IOException, InterruptedException {
    for (byte b : answer.getBytes(ISO_8859_1)) {
      wire.write(new byte[] {b}); // fails as soon as the other side has had enough
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void late(Asked asked, Wire wire, String answer)
      throws IOException, InterruptedException {
    Duration delay = plan.afterTheDeadline();
    TimeUnit.NANOSECONDS.sleep(delay.toNanos());
    try {
      wire.write(answer);
      wire.write(answer);
    } finally {
      plan.wasLate(asked.patient());
    }
  }

  private static String nothing(String source) {
    return switch (source) {
      case "lab" -> "BHS|^~\\&|LAB|H|W|H|20261020070000+0000||||B1\rBTS|0\r";
      case "imaging" -> "[]";
      default -> "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}";
    };
  }

  private static String outcome(String canary) {
    return """
    {"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found",\
    "diagnostics":"%s"}]}\
    """
        .formatted(canary);
  }

  /** JSON that ends too early, and for the laboratory text without its first segment. */
  private static String malformed(String source, String spoiled) {
    return source.equals("lab")
        ? spoiled.substring(spoiled.indexOf('\r') + 1)
        : spoiled.substring(0, spoiled.length() * 3 / 4);
  }

  private static String another(Asked asked, String canary) {
    var other = new PatientMark(asked.patient().number() ^ 1);
    return asked.right().body(other).replace("remark", canary);
  }

  private static String bornLater(Asked asked) {
    return asked
        .right()
        .body(asked.patient())
        .replace("1970-01-01", "1971-01-01")
        .replace("19700101", "19710101");
  }

  /** In a chunk that never ends; whoever keeps it does not have the memory. */
  private void huge(Wire wire, String head, String begun) throws IOException {
    wire.write(
        head
            + "Transfer-Encoding: chunked\r\n\r\n"
            + Long.toHexString(GIBIBYTE + begun.length())
            + "\r\n"
            + begun);
    for (long sent = 0; sent < GIBIBYTE; sent += BLANKS.length) {
      wire.write(BLANKS); // fails as soon as the other side has had enough
      hugeBytes.add(BLANKS.length);
    }
    throw new IllegalStateException("somebody has read a gibibyte");
  }

  private static String deep(String canary) {
    return "[".repeat(DEPTH) + '"' + canary + '"' + "]".repeat(DEPTH);
  }

  private static byte[] blanks(int count) {
    byte[] blanks = new byte[count];
    Arrays.fill(blanks, (byte) ' ');
    return blanks;
  }

  private static byte[] gzip(byte[] bytes) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
    return packed.toByteArray();
  }
}
