package io.wholechart.bench;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/** Writes an audit journal of any length, by the format that the audit package documents. */
final class Journal {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");

  private Journal() {}

  /** Writes so many records, and says how many bytes they are. */
  static long write(Path file, int records) throws IOException {
    byte[] last = new byte[32];
    MessageDigest sha256 = sha256();
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int seq = 1; seq <= records; seq++) {
        byte[] line = line(seq, last).getBytes(StandardCharsets.US_ASCII);
        sha256.update(last);
        last = sha256.digest(line);
        out.write(line);
        out.write(
            (",\"hash\":\"" + HexFormat.of().formatHex(last) + "\"}\n")
                .getBytes(StandardCharsets.US_ASCII));
      }
    }
    return Files.size(file);
  }

  private static String line(int seq, byte[] last) {
    return "{\"v\":1,\"seq\":"
        + seq
        + ",\"prev\":\""
        + HexFormat.of().formatHex(last)
        + "\",\"at\":\""
        + TIME.format(FIRST.plusMillis(seq * 37L))
        + "\",\"requestId\":\"7f3d1c52-0a6e-4d0b-9a55-"
        + String.valueOf(100_000_000_000L + seq)
        + "\",\"caller\":\"anonymous\",\"patientId\":\"p-1001\",\"urgency\":\"normal\","
        + "\"interaction\":\"patient-read\",\"sources\":["
        + source("ehr", 24)
        + ","
        + source("lab", 28)
        + ","
        + source("imaging", 3)
        + ","
        + source("pharmacy", 13)
        + "],\"httpStatus\":200,\"completeness\":1.0,\"problem\":null";
  }

  private static String source(String name, int entries) {
    return "{\"source\":\""
        + name
        + "\",\"outcome\":\"ok\",\"elapsedMs\":51,\"attempts\":1,\"entries\":"
        + entries
        + "}";
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
