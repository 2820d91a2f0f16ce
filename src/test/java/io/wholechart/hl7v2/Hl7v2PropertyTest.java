package io.wholechart.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.wholechart.Seed;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.fhir.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class Hl7v2PropertyTest {
  private static final List<String> TYPES =
      List.of("NM", "SN", "ST", "TX", "FT", "CE", "CWE", "DT", "TM", "TS", "DTM", "ED", "ZZ", "");
  private static final List<String> VALUES =
      List.of(
          "5.1",
          "<5",
          "1E99",
          "1e-99",
          ">^100",
          "^1^:^64",
          "^5^-^9",
          "A^Alpha^LN^B^Beta^L",
          "x~y~z",
          "20260101",
          "20261001120000-0500",
          "0000",
          "99999999",
          "1122",
          "9999+1400",
          "\"\"",
          "",
          "LAB^application^pdf^Base64^JVBERi0x",
          "LAB^^^Base64^!",
          "\\.br\\",
          "\\F\\\\X41\\\\",
          "^^^^",
          "&&&",
          "~~~",
          "a & b ^ c ~ d",
          "12345678901234567890123456789012345",
          "-.5e-5");
  private static final List<String> OTHERS =
      List.of(
          "NTE|1||note",
          "NTE",
          "ORC|RE",
          "SPM|1",
          "ZXX|what",
          "PV1|1|O",
          "free text",
          "NEG",
          "OBR|2|||718-7^Hb^LN",
          "OBR",
          "PID|1||p-1",
          "PID",
          "DSC|",
          "");

  @Test
  void everyObxIsAnObservationOrCounted() throws InterruptedException {
    for (int round = 0; round < 500; round++) {
      RandomGenerator random = Seed.random(round);
      int messages = random.nextInt(4);
      int obx = 0;
      List<String> lines = new ArrayList<>();
      for (int m = 0; m < messages; m++) {
        lines.add(Er7.HEADER.replace("M1", "M" + m));
        int segments = random.nextInt(12);
        for (int s = 0; s < segments; s++) {
          boolean isResult = random.nextBoolean();
          lines.add(isResult ? obx(random) : pick(OTHERS, random));
          obx += isResult ? 1 : 0;
        }
      }
      if (messages == 0) {
        lines.addAll(List.of("BHS|^~\\&|LAB", "BTS|0"));
      }
      var read = Er7.read(Er7.message(lines.toArray(String[]::new)));

      assertThat(read.refusals()).as(Seed.describe(round)).isEmpty();
      assertThat(read.messages()).as(Seed.describe(round)).isEqualTo(messages);
      assertThat(read.results() + read.resultsLost()).as(Seed.describe(round)).isEqualTo(obx);
      assertThat(observations(read)).as(Seed.describe(round)).isEqualTo(read.results());
      assertThat(read.resultsLost()).as(Seed.describe(round)).isZero();
    }
  }

  @Test
  void mutatedInputNeverThrowsAndEveryResourceCanBeReadAgain() {
    String text =
        "FHS|^~\\&|LAB\rBHS|^~\\&|LAB\r"
            + Er7.results(obx(Seed.random(1)), obx(Seed.random(2)), "NTE|1||note", "OBX|1|ST|a||b")
            + Er7.results(obx(Seed.random(3)), "ADD|more", obx(Seed.random(4)))
            + "BTS|2\rFTS|1\r";
    for (int round = 0; round < 3000; round++) {
      RandomGenerator random = Seed.random(round);
      byte[] mutated = mutate(text.getBytes(StandardCharsets.UTF_8), random);

      assertThatCode(
              () -> {
                var reading = new Hl7v2Reader().read(mutated, null);
                if (reading instanceof Hl7v2Reading.Read read) {
                  assertThat(observations(read)).isEqualTo(read.results());
                }
              })
          .as("%s: %s", Seed.describe(round), new String(mutated, StandardCharsets.ISO_8859_1))
          .doesNotThrowAnyException();
    }
  }

  /** Whatever a body is cut to, it never reads as a whole answer without a result. */
  @Test
  void aBodyThatWasCutNeverReadsAsAPositiveNothing() {
    byte[] whole =
        ("BHS|^~\\&|LAB\r" + Er7.results(obx(Seed.random(5))) + "BTS|1\r")
            .getBytes(StandardCharsets.UTF_8);
    int firstResult = new String(whole, StandardCharsets.UTF_8).indexOf("PID|");
    for (int length = 0; length < firstResult; length++) {
      byte[] cut = java.util.Arrays.copyOf(whole, length);
      var reading = new Hl7v2Reader().read(cut, null);

      if (reading instanceof Hl7v2Reading.Read read) {
        boolean isMessageBegun = new String(cut, StandardCharsets.UTF_8).contains("ORU");
        assertThat(read.isWhole() && !isMessageBegun).as("cut at %d", length).isFalse();
      }
    }
  }

  private static byte[] mutate(byte[] body, RandomGenerator random) {
    byte[] mutated = body.clone();
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      int at = random.nextInt(mutated.length);
      switch (random.nextInt(4)) {
        case 0 -> mutated[at] = (byte) random.nextInt(256);
        case 1 -> mutated[at] = (byte) "|^~\\&\r\n\"".charAt(random.nextInt(8));
        case 2 -> mutated = java.util.Arrays.copyOf(mutated, at + 1);
        default -> {
          int from = random.nextInt(mutated.length);
          int length = random.nextInt(Math.min(60, mutated.length - Math.max(at, from)) + 1);
          System.arraycopy(mutated, from, mutated, at, length);
        }
      }
    }
    return mutated;
  }

  private static String obx(RandomGenerator random) {
    List<String> fields = new ArrayList<>(Collections.nCopies(18, ""));
    fields.set(0, "OBX");
    fields.set(2, pick(TYPES, random));
    fields.set(3, pick(List.of("2951-2^Sodium^LN^NA^Natrium^L", "^words", "X", ""), random));
    fields.set(4, pick(List.of("", "1", "1.2", "a&b"), random));
    fields.set(5, pick(VALUES, random));
    fields.set(6, pick(List.of("", "mmol/L", "10^9/L", "what&ever", "^^"), random));
    fields.set(7, pick(List.of("", "3.5-5.1", "9-1", "<5", "a~b"), random));
    fields.set(8, pick(List.of("", "H", "HH~A", "odd one", "\"\""), random));
    fields.set(11, pick(List.of("F", "C", "P", "D", "", "?"), random));
    fields.set(
        14, pick(List.of("", "20260101", "2026", "20260101120000.123456789+0100", "x"), random));
    return String.join("|", fields.subList(0, random.nextInt(1, 19)));
  }

  private static <T> T pick(List<T> from, RandomGenerator random) {
    return from.get(random.nextInt(from.size()));
  }

  private static int observations(Hl7v2Reading.Read read) throws InterruptedException {
    int count = 0;
    for (Resource resource : read.resources()) {
      // What was noted in passing is what reading it finds.
      assertThat(PayloadReader.readResource(resource.bytes())).isEqualTo(resource);
      count += resource.type().equals("Observation") ? 1 : 0;
    }
    return count;
  }
}
