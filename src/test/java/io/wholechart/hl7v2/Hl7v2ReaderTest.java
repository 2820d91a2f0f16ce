package io.wholechart.hl7v2;

import static io.wholechart.hl7v2.Er7.HEADER;
import static io.wholechart.hl7v2.Er7.ORDER;
import static io.wholechart.hl7v2.Er7.PATIENT;
import static io.wholechart.hl7v2.Er7.all;
import static io.wholechart.hl7v2.Er7.message;
import static io.wholechart.hl7v2.Er7.observations;
import static io.wholechart.hl7v2.Er7.read;
import static io.wholechart.hl7v2.Er7.results;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.hl7v2.Hl7v2Reading.Refusal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Hl7v2ReaderTest {
  private static final String SODIUM = "OBX|1|NM|2951-2^Sodium^LN||140|mmol/L|136-145|N|||F";
  private static final String BATCH = "BHS|^~\\&|LAB|HOSP|WC|HOSP|20261001||||B1";

  @ParameterizedTest
  @ValueSource(strings = {"2.2", "2.3", "2.3.1", "2.4", "2.5", "2.5.1", "2.6", ""})
  void everyVersionIsReadAlike(String version) {
    var read = read(results(SODIUM).replace("|2.5.1", "|" + version));

    assertThat(read.isWhole()).isTrue();
    assertThat(read.results()).isOne();
    assertThat(all(read, "Patient")).hasSize(1);
    assertThat(all(read, "DiagnosticReport")).hasSize(1);
    assertThat(all(read, "Observation").getFirst().at("/valueQuantity/value").asText())
        .isEqualTo("140");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\r", "\n", "\r\n", "\r\r", "\n\n", "\r\n\r\n"})
  void everyLineEndEndsASegment(String end) {
    var read = read(results(SODIUM, SODIUM).replace("\r", end));

    assertThat(read.results()).isEqualTo(2);
    assertThat(read.isWhole()).isTrue();
  }

  @Test
  void byteOrderMarkFramingAndLeadingBlanksAreNoPartOfAMessage() {
    String framed = "\uFEFF\u000B" + results("  " + SODIUM) + "\u001C\r";

    assertThat(read(framed).results()).isOne();
  }

  @Test
  void asOfIsWhenTheNewestMessageWasMade() {
    var read =
        read(
            results(SODIUM)
                + results(SODIUM).replace("20261001120000+0200", "20261003070000-0500")
                + results(SODIUM).replace("20261001120000+0200", "20261005"));

    assertThat(read.asOf()).contains(Instant.parse("2026-10-03T12:00:00Z"));
  }

  @Test
  void withoutAZoneAMessageDoesNotSayWhenItWasMade() {
    assertThat(read(results(SODIUM).replace("+0200", "")).asOf()).isEmpty();
  }

  @Test
  void anEnvelopeIsNoMessage() {
    var read =
        read(
            message("FHS|^~\\&|LAB", BATCH)
                + results(SODIUM)
                + results(SODIUM)
                + message("BTS|2", BATCH)
                + results(SODIUM)
                + message("BTS|1|done", "FTS|2"));

    assertThat(read.isWhole()).isTrue();
    assertThat(read.messages()).isEqualTo(3);
    assertThat(read.results()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "BHS|^~\\&|LAB\rBTS|0\r",
        "BHS|^~\\&|LAB\nBTS",
        "FHS|^~\\&|LAB\rFTS|0",
        "FHS|^~\\&|LAB\r\nBHS|^~\\&|LAB\r\nBTS|0\r\nFTS|1\r\n",
        "BHS#^~\\&#LAB\rBTS#0#nothing"
      })
  void anEmptyBatchIsAPositiveNothing(String batch) {
    var read = read(batch);

    assertThat(read.isWhole()).isTrue();
    assertThat(read.messages()).isZero();
    assertThat(read.resources()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"BHS|^~\\&|LAB", "FHS|^~\\&|LAB\rBHS|^~\\&|LAB\r", "BHS|^~"})
  void aBatchThatBreaksOffBeforeItsFirstMessageIsNotEmpty(String batch) {
    assertThat(read(batch).isWhole()).isFalse();
    assertThat(read(batch).refusals()).containsExactly(Refusal.CUT_OFF);
  }

  @Test
  void aBatchWithFewerMessagesThanItCountsIsNotWhole() {
    var read = read(message(BATCH) + results(SODIUM) + message("BTS|2"));

    assertThat(read.refusals()).containsExactly(Refusal.CUT_OFF);
    assertThat(read.messages()).isEqualTo(2);
    assertThat(read.results()).isOne();
  }

  @Test
  void aBatchWithoutATrailerIsLegal() {
    assertThat(read(message(BATCH) + results(SODIUM)).isWhole()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " \r\n ",
        "<html><body>Please log in</body></html>",
        "{\"resourceType\":\"Bundle\"}",
        "OBX|1|NM|2951-2^Sodium^LN||140",
        "Sorry, nothing found"
      })
  void whatIsNotHl7IsUnreadableAndNeverEmpty(String body) {
    assertThat(new Hl7v2Reader().read(body.getBytes(StandardCharsets.UTF_8), null))
        .isInstanceOf(Hl7v2Reading.Unreadable.class);
  }

  @Test
  void oneUnreadableMessageDoesNotLoseTheOthers() {
    byte[] undecodable =
        (results(SODIUM).replace("|2.5.1", "|2.5.1||||||UNICODE UTF-8") + "NTE|1||\u00FC\r")
            .getBytes(StandardCharsets.ISO_8859_1);
    String others =
        results(SODIUM)
            + message("MSH|^~\\&|LAB", PATIENT, ORDER, SODIUM)
            + message(HEADER.replace("ORU^R01", "ADT^A01"), PATIENT)
            + new String(undecodable, StandardCharsets.ISO_8859_1)
            + results(SODIUM);
    var read = read(others, StandardCharsets.ISO_8859_1);

    assertThat(read.refusals())
        .containsExactlyInAnyOrder(Refusal.NO_HEADER, Refusal.NOT_A_RESULT, Refusal.UNDECODABLE);
    assertThat(read.messages()).isEqualTo(5);
    assertThat(read.results()).isEqualTo(2);
    assertThat(read.isWhole()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"|^~\\&", "#^~\\&", "$%*!@", "^~|\\&", ";,!?+", "\u00A7^~\\&"})
  void aMessageSaysItselfWhatItIsSeparatedWith(String separators) {
    char[] usual = "|^~\\&".toCharArray();
    String text =
        results("OBX|1|CE|2951-2^Sodium^LN^NA^Natrium^L||A^Alpha\\S\\Beta^L~B^Gamma|||H~A|||F");
    var translated = new StringBuilder();
    for (char c : text.toCharArray()) {
      int at = new String(usual).indexOf(c);
      translated.append(at < 0 ? c : separators.charAt(at));
    }
    var read = read(translated.toString(), StandardCharsets.ISO_8859_1);
    var observation = all(read, "Observation").getFirst();

    assertThat(observation.at("/code/coding")).hasSize(2);
    assertThat(observation.path("interpretation")).hasSize(2);
    assertThat(observation.path("valueString").asText()).contains("Alpha" + separators.charAt(1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"MSH|^~\\&#|", "MSH|^~\\|", "MSH|^~|", "MSH|^|", "MSH||", "MSH|ABCD|"})
  void encodingCharactersThatAreMissingOrImpossibleAreAsUsual(String beginning) {
    var read = read(results(SODIUM).replace("MSH|^~\\&|", beginning));

    assertThat(all(read, "Observation").getFirst().at("/code/coding/0/code").asText())
        .isEqualTo("2951-2");
  }

  @Test
  void aLineOfTextIsNotTakenForASegment() {
    String text =
        observations(
                results(
                    "OBX|1|FT|11502-2^Report^LN||Blood culture\nNOT contaminated\nNEG\nMSH2: wild"
                        + " type\nBTS test pending\n  see note|||||||F",
                    SODIUM))
            .getFirst()
            .path("valueString")
            .asText();

    assertThat(text)
        .isEqualTo(
            "Blood culture\nNOT contaminated\nNEG\nMSH2: wild type\nBTS test pending\n  see note");
  }

  @Test
  void aContinuationSegmentContinuesTheField() {
    var read = read(results("OBX|1|TX|11502-2^Report^LN||No growth aft", "ADD|er 5 days|||||||F"));

    assertThat(all(read, "Observation").getFirst().path("valueString").asText())
        .isEqualTo("No growth after 5 days");
    assertThat(all(read, "Observation").getFirst().path("status").asText()).isEqualTo("unknown");
  }

  @Test
  void theSameMessageTwiceGivesTheSameResources() {
    var read = read(results(SODIUM) + results(SODIUM));
    int half = read.resources().size() / 2;

    assertThat(read.resources().subList(0, half))
        .isEqualTo(read.resources().subList(half, 2 * half));
  }

  /** It took the square of the lines, which no deadline could end. */
  @Test
  @Timeout(30)
  void aResultOfVeryManyLinesIsReadInOnePass() {
    String text =
        "MSH|^~\\&|LAB|HOSP|||20261001120000+0200||ORU^R01|M1|P|2.5.1\rPID|1||p-1\r"
            + "OBX|1|TX|882-1^Report^LN||line"
            + "\rand one more line of it".repeat(400_000)
            + "\r";

    var read =
        (Hl7v2Reading.Read) new Hl7v2Reader().read(text.getBytes(StandardCharsets.UTF_8), null);
    assertThat(read.results()).isOne();
  }
}
