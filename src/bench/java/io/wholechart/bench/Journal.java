package io.wholechart.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Base64;
import java.util.Deque;
import java.util.HexFormat;

/** Writes an audit journal of any length, by the format that the journal package documents. */
final class Journal {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final String ORIGIN = "wholechart/audit/bench";
  private static final String NONE = "0".repeat(64);

  private final MessageDigest sha256;
  private final KeyPair keys;
  private final byte[] publicKey;
  private final Deque<Subtree> tree = new ArrayDeque<>();
  private byte[] last = new byte[32];

  private record Subtree(long size, byte[] root) {}

  private Journal() throws GeneralSecurityException {
    sha256 = MessageDigest.getInstance("SHA-256");
    keys = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    byte[] encoded = keys.getPublic().getEncoded();
    publicKey = Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
  }

  /** Writes so many records into one segment, and says how many bytes they are. */
  static long write(Path folder, int records) throws IOException {
    try {
      var journal = new Journal();
      Path segment = folder.resolve("audit-000001-000000000001.jsonl");
      journal.segment(segment, records);
      journal.sign(folder, records);
      return Files.size(segment);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256 and Ed25519", e);
    }
  }

  private void segment(Path file, int records) throws IOException {
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      out.write(
          ("{\"v\":3,\"node\":\"bench\",\"epoch\":1,\"kind\":\"segment\",\"first\":1,\"prev\":\""
                  + NONE
                  + "\",\"range\":[],\"salt\":null}\n")
              .getBytes(US_ASCII));
      String key = "ed25519:" + HexFormat.of().formatHex(publicKey);
      line(1, "\"kind\":\"status\",\"event\":\"epoch\",\"detail\":\"" + key + "\"", out);
      for (int seq = 2; seq <= records; seq++) {
        line(seq, outcome(seq), out);
      }
    }
  }

  private void line(int seq, String content, OutputStream out) throws IOException {
    byte[] line =
        ("{\"v\":3,\"node\":\"bench\",\"epoch\":1,\"seq\":"
                + seq
                + ",\"prev\":\""
                + HexFormat.of().formatHex(last)
                + "\","
                + content)
            .getBytes(US_ASCII);
    sha256.update((byte) 0);
    last = sha256.digest(line);
    var subtree = new Subtree(1, last);
    while (!tree.isEmpty() && tree.peek().size() == subtree.size()) {
      subtree = joined(tree.pop(), subtree);
    }
    tree.push(subtree);
    out.write(line);
    out.write((",\"hash\":\"" + HexFormat.of().formatHex(last) + "\"}\n").getBytes(US_ASCII));
  }

  private Subtree joined(Subtree left, Subtree right) {
    sha256.update((byte) 1);
    sha256.update(left.root());
    return new Subtree(left.size() + right.size(), sha256.digest(right.root()));
  }

  private void sign(Path folder, int records) throws IOException, GeneralSecurityException {
    Subtree root = tree.pop();
    while (!tree.isEmpty()) {
      root = joined(tree.pop(), root);
    }
    byte[] typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(publicKey, 0, typed, 1, 32);
    sha256.update((ORIGIN + "\n").getBytes(US_ASCII));
    byte[] signed = Arrays.copyOf(sha256.digest(typed), 4 + 64);
    String id = HexFormat.of().formatHex(signed, 0, 4);
    Base64.Encoder base64 = Base64.getEncoder();
    String text =
        "%s\n%d\n%s\nepoch 1\ntime 2026-01-31T08:15:00.125Z\nlast %s\n"
            .formatted(ORIGIN, records, base64.encodeToString(root.root()), NONE);
    Signature ed25519 = Signature.getInstance("Ed25519");
    ed25519.initSign(keys.getPrivate());
    ed25519.update(text.getBytes(US_ASCII));
    System.arraycopy(ed25519.sign(), 0, signed, 4, 64);
    Files.writeString(
        folder.resolve("checkpoints.txt"),
        text + "\n\u2014 " + ORIGIN + " " + base64.encodeToString(signed) + "\n\n",
        UTF_8);
    Files.writeString(
        Files.createDirectories(folder.resolve("keys")).resolve("epoch-000001.pub"),
        ORIGIN + "+" + id + "+" + base64.encodeToString(typed) + "\n");
  }

  private static String outcome(int seq) {
    return "\"kind\":\"outcome\",\"at\":\""
        + TIME.format(FIRST.plusMillis(seq * 37L))
        + "\",\"mono\":1000,\"run\":\"0a1b2c3d\",\"intent\":1,\"requestId\":\"7f3d1c52-0a6e-4d0b-"
        + String.valueOf(100_000_000_000L + seq)
        + "\",\"traceId\":null,\"agent\":{\"issuer\":null,\"subject\":null,\"name\":\"anonymous\","
        + "\"roles\":[],\"client\":null,\"tokenId\":null,\"address\":\"127.0.0.1\"},"
        + "\"patientId\":\"p-1001\",\"interaction\":\"patient-read\",\"purpose\":{\"purposeOfUse\":"
        + "\"TREAT\",\"urgencyAsked\":\"normal\",\"urgencyGranted\":\"normal\",\"reason\":null},"
        + "\"sources\":["
        + source("ehr", 24)
        + ","
        + source("lab", 28)
        + ","
        + source("imaging", 3)
        + ","
        + source("pharmacy", 13)
        + "],\"sections\":{\"results\":28},\"httpStatus\":200,\"completeness\":1.0,\"problem\":null,"
        + "\"outcome\":\"0\",\"digest\":\""
        + NONE
        + "\",\"bytes\":60000,\"requests\":1";
  }

  private static String source(String name, int entries) {
    return "{\"source\":\""
        + name
        + "\",\"asked\":\"p-1001\",\"notContacted\":null,\"outcome\":\"ok\",\"httpStatus\":200,"
        + "\"identity\":\"match\",\"elapsedMs\":51,\"attempts\":1,\"entries\":"
        + entries
        + ",\"bytes\":9000,\"digest\":null}";
  }
}
