package io.wholechart.audit;

import io.wholechart.audit.AnswerGiven.Rating;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Made-up records. */
public final class Records {
  public static final Instant NOON = Instant.parse("2026-02-03T12:00:00.125Z");
  public static final String DIGEST = "0123456789abcdef".repeat(4);
  private static final Stamp STAMP = new Stamp(NOON, 42, "00c0ffee");

  private Records() {}

  public static Stamp stamp() {
    return STAMP;
  }

  public static AccessRequest request(String requestId, String patientId) {
    return new AccessRequest(
        requestId,
        "4bf92f3577b34da6a3ce929d0e0e4736",
        new Agent(
            "https://id.example", "u-7", "ward-7", List.of("nurse"), "app", "t-1", "127.0.0.1"),
        patientId,
        "patient-read",
        new Purpose(Purpose.EMERGENCY_TREATMENT, "emergency", "emergency", null));
  }

  public static AuditRecord.Intent intent(String requestId, String patientId) {
    return new AuditRecord.Intent(STAMP, request(requestId, patientId));
  }

  public static AuditRecord.Outcome outcome(String requestId, String patientId, long intent) {
    var sections = new LinkedHashMap<String, Integer>();
    sections.put("patient", 2);
    sections.put("allergies", 0);
    return new AuditRecord.Outcome(
        STAMP,
        intent,
        request(requestId, patientId),
        List.of(
            new SourceAccess("ehr", "7_a", null, "ok", 200, "match", 41, 1, 24, 5120, DIGEST),
            new SourceAccess(
                "imaging", null, "circuit-open", "circuit-open", null, null, 0, 0, 0, 0, null)),
        sections,
        new AnswerGiven(200, 0.5, null, Rating.MINOR, DIGEST, 4711),
        1);
  }

  /** Any legal record, with names that want escaping. */
  public static AuditRecord random(RandomGenerator random) {
    AuditRecord record =
        switch (random.nextInt(9)) {
          case 0 -> new AuditRecord.Intent(randomStamp(random), randomRequest(random));
          case 1, 2 -> randomOutcome(random);
          case 3 ->
              new AuditRecord.Ended(
                  randomStamp(random),
                  random.nextLong(Long.MAX_VALUE),
                  random.nextBoolean(),
                  random.nextLong(Long.MAX_VALUE));
          case 4 ->
              new AuditRecord.Interrupted(randomStamp(random), random.nextLong(Long.MAX_VALUE));
          case 5 ->
              new AuditRecord.Configured(randomStamp(random), word(random, 128), hex(random, 64));
          case 6 ->
              new AuditRecord.Status(randomStamp(random), word(random, 128), word(random, 128));
          case 7 ->
              new AuditRecord.Gap(
                  randomStamp(random),
                  time(random),
                  time(random),
                  random.nextLong(Long.MAX_VALUE),
                  random.ints(random.nextInt(4)).mapToObj(_ -> hex(random, 64)).toList());
          default ->
              new AuditRecord.ReviewClosed(
                  randomStamp(random),
                  random.nextLong(Long.MAX_VALUE),
                  name(random, 256),
                  name(random, 2000));
        };
    return random.nextInt(5) == 0
        ? new AuditRecord.Heartbeat(record.stamp(), random.nextLong(Long.MAX_VALUE))
        : record;
  }

  private static AuditRecord.Outcome randomOutcome(RandomGenerator random) {
    var sources = new ArrayList<SourceAccess>();
    for (int i = random.nextInt(5); i > 0; i--) {
      sources.add(
          new SourceAccess(
              name(random, 128),
              maybe(random, "s_" + random.nextInt(1000)),
              maybe(random, word(random, 128)),
              word(random, 128),
              random.nextBoolean() ? null : Integer.valueOf(random.nextInt(100, 1000)),
              maybe(random, "suspect"),
              random.nextLong(Long.MAX_VALUE),
              random.nextInt(Integer.MAX_VALUE),
              random.nextInt(9),
              random.nextLong(Long.MAX_VALUE),
              maybe(random, hex(random, 64))));
    }
    Map<String, Integer> sections = new LinkedHashMap<>();
    for (int i = random.nextInt(5); i > 0; i--) {
      sections.put(word(random, 30), random.nextInt(Integer.MAX_VALUE));
    }
    var outcome =
        new AuditRecord.Outcome(
            randomStamp(random),
            random.nextLong(Long.MAX_VALUE),
            randomRequest(random),
            sources,
            sections,
            new AnswerGiven(
                random.nextInt(100, 600),
                random.nextInt(4) == 0 ? null : Double.valueOf(random.nextDouble()),
                maybe(random, word(random, 128)),
                Rating.values()[random.nextInt(4)],
                maybe(random, hex(random, 64)),
                random.nextLong(Long.MAX_VALUE)),
            1,
            keptBack(random));
    return random.nextInt(4) == 0
        ? outcome.summary("summary", random.nextInt(1, Integer.MAX_VALUE))
        : outcome;
  }

  private static KeptBack keptBack(RandomGenerator random) {
    if (random.nextBoolean()) {
      return KeptBack.NOTHING;
    }
    Map<String, Integer> withheld = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      withheld.put(word(random, 30), random.nextInt(Integer.MAX_VALUE));
    }
    int lifted = random.nextInt(4);
    return new KeptBack(
        withheld, lifted, random.ints(lifted).mapToObj(_ -> word(random, 128)).toList());
  }

  private static AccessRequest randomRequest(RandomGenerator random) {
    return new AccessRequest(
        word(random, 64).replaceAll("[^A-Za-z0-9]", "-"),
        maybe(random, hex(random, 32)),
        new Agent(
            maybe(random, name(random, 512)),
            maybe(random, name(random, 256)),
            name(random, 256),
            random.ints(random.nextInt(3)).mapToObj(_ -> name(random, 128)).toList(),
            maybe(random, name(random, 256)),
            maybe(random, name(random, 256)),
            maybe(random, "::1")),
        maybe(random, "p" + random.nextInt(1000) + ".x-" + random.nextInt(10)),
        word(random, 128),
        new Purpose(
            word(random, 10),
            maybe(random, "normal"),
            maybe(random, "urgent"),
            maybe(random, name(random, 1000))));
  }

  private static Stamp randomStamp(RandomGenerator random) {
    return new Stamp(
        time(random), random.nextLong(Long.MAX_VALUE), hex(random, 8), random.nextInt(5) == 0);
  }

  private static Instant time(RandomGenerator random) {
    return Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L));
  }

  private static @Nullable String maybe(RandomGenerator random, String text) {
    return random.nextBoolean() ? null : text;
  }

  private static String word(RandomGenerator random, int longest) {
    return pick(random, longest, "abcXYZ019-._:/#$");
  }

  private static String name(RandomGenerator random, int longest) {
    return "n" + pick(random, longest - 1, "ab 9\"\\/{},:[]\u00e4\u20ac\u2028\ud83d\udc69\ud800");
  }

  private static String hex(RandomGenerator random, int digits) {
    var text = new StringBuilder();
    while (text.length() < digits) {
      text.append(Character.forDigit(random.nextInt(16), 16));
    }
    return text.toString();
  }

  private static String pick(RandomGenerator random, int longest, String alphabet) {
    var text = new StringBuilder();
    for (int i = random.nextInt(1, longest + 1); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
