package io.wholechart.audit;

import io.wholechart.Journal;
import io.wholechart.metrics.Metrics;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Made-up records, and the journal's file as tests look at it. */
final class FormerRecords {
  static final Instant NOON = Instant.parse("2026-02-03T12:00:00.125Z");

  private FormerRecords() {}

  static FormerRecord record(String requestId) {
    return new FormerRecord(
        NOON,
        requestId,
        "ward-7",
        "p-1001",
        "emergency",
        "read",
        List.of(
            new FormerSource("ehr", "7_a", "ok", "match", 41, 1, 24),
            new FormerSource("imaging", null, "timeout", null, 2000, 2, 0)),
        200,
        0.5,
        null);
  }

  /** Any legal record, with names that want escaping. */
  static FormerRecord random(RandomGenerator random) {
    var sources = new ArrayList<FormerSource>();
    for (int i = random.nextInt(6); i > 0; i--) {
      sources.add(
          new FormerSource(
              name(random, 128),
              random.nextBoolean() ? null : "s_" + random.nextInt(1000),
              word(random, 128),
              random.nextBoolean() ? null : "suspect",
              random.nextLong(Long.MAX_VALUE),
              random.nextInt(Integer.MAX_VALUE),
              random.nextInt(9)));
    }
    var record =
        new FormerRecord(
            Instant.ofEpochMilli(random.nextLong(253_402_300_800_000L)),
            word(random, 64).replaceAll("[^A-Za-z0-9]", "-"),
            name(random, 256),
            random.nextBoolean() ? null : "p" + random.nextInt(1000) + ".x-" + random.nextInt(10),
            random.nextBoolean() ? null : word(random, 20),
            word(random, 128),
            sources,
            random.nextInt(100, 600),
            random.nextInt(4) == 0 ? null : random.nextInt(4) == 0 ? 1.0 : random.nextDouble(),
            random.nextBoolean() ? null : word(random, 128));
    return random.nextInt(4) == 0
        ? record.summary("summary", random.nextInt(1, Integer.MAX_VALUE))
        : record;
  }

  static Metrics metrics() {
    return new Metrics(List.of());
  }

  /** The whole lines of requests, by their number: the request's id of each. */
  static Map<Long, String> requestIds(Path directory) {
    var ids = new HashMap<Long, String>();
    for (String line : new Journal(directory).lines()) {
      ids.put(
          Long.valueOf(between(line, "\"seq\":", ",")), between(line, "\"requestId\":\"", "\""));
    }
    return ids;
  }

  private static String between(String line, String before, String after) {
    int from = line.indexOf(before) + before.length();
    return line.substring(from, line.indexOf(after, from));
  }

  private static String word(RandomGenerator random, int longest) {
    return pick(random, longest, "abcXYZ019-._:/#$");
  }

  private static String name(RandomGenerator random, int longest) {
    return "n" + pick(random, longest - 1, "ab 9\"\\/{},:[]\u00e4\u20ac\u2028\ud83d\udc69\ud800");
  }

  private static String pick(RandomGenerator random, int longest, String alphabet) {
    var text = new StringBuilder();
    for (int i = random.nextInt(1, longest + 1); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    return text.toString();
  }
}
