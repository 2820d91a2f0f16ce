package io.wholechart.hl7v2;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.hl7v2.Hl7v2Reading.Refusal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CharacterSetsTest {
  @ParameterizedTest
  @CsvSource({
    "8859/1, ISO-8859-1, Größe",
    "8859/2, ISO-8859-2, Łódź",
    "8859/5, ISO-8859-5, Группа",
    "8859/7, ISO-8859-7, Ομάδα",
    "8859/15, ISO-8859-15, 5 €",
    "UNICODE UTF-8, UTF-8, Łódź – 血",
    "utf-8, UTF-8, Łódź",
    "UNICODE, UTF-8, Łódź",
    "ISO IR87, ISO-2022-JP, 血液",
    "GB 18030-2000, GB18030, 血液",
    "KS X 1001, EUC-KR, 혈액",
    "BIG-5, Big5, 血液",
    "windows-1252, windows-1252, „Größe“",
    "8859/1~8859/2, ISO-8859-1, Größe"
  })
  void theCharacterSetThatTheMessageNames(String name, String charset, String text) {
    assertThat(textOf(name, text.getBytes(Charset.forName(charset)), null)).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "ASCII", "no such set", "!!"})
  void withoutAUsableNameItIsWhatFits(String name) {
    assertThat(textOf(name, "Łódź".getBytes(StandardCharsets.UTF_8), null)).isEqualTo("Łódź");
    assertThat(textOf(name, "Größe".getBytes(StandardCharsets.ISO_8859_1), null))
        .isEqualTo("Größe");
  }

  @Test
  void theTransportIsAskedBeforeTheGuess() {
    byte[] bytes = "Łódź".getBytes(Charset.forName("ISO-8859-2"));

    assertThat(textOf("", bytes, Charset.forName("ISO-8859-2"))).isEqualTo("Łódź");
    assertThat(
            textOf(
                "8859/1", "Größe".getBytes(StandardCharsets.ISO_8859_1), Charset.forName("IBM037")))
        .isEqualTo("Größe");
  }

  @Test
  void aTransportThatIsWrongIsNotBelieved() {
    byte[] bytes = "Größe".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(textOf("", bytes, StandardCharsets.UTF_8)).isEqualTo("Größe");
    assertThat(textOf("", bytes, StandardCharsets.UTF_16)).isEqualTo("Größe");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-32", "IBM037"})
  void aCharacterSetInWhichNoSegmentWouldBeLeftIsRefusedAndNotReadAsEmpty(String name) {
    var read = (Hl7v2Reading.Read) new Hl7v2Reader().read(message(name, new byte[] {'x'}), null);

    assertThat(read.refusals()).containsExactly(Refusal.UNDECODABLE);
    assertThat(read.isWhole()).isFalse();
  }

  private static String textOf(
      String name, byte[] text, @org.jspecify.annotations.Nullable Charset transport) {
    var read = (Hl7v2Reading.Read) new Hl7v2Reader().read(message(name, text), transport);
    assertThat(read.refusals()).isEmpty();
    return Er7.all(read, "Observation").getFirst().path("valueString").asText();
  }

  private static byte[] message(String name, byte[] text) {
    String all =
        Er7.results(
                "OBX|1|ST|882-1^Group^LN||"
                    + new String(text, StandardCharsets.ISO_8859_1)
                    + "||||||F")
            .replace("|P|2.5.1", "|P|2.5.1||||||" + name);
    return all.getBytes(StandardCharsets.ISO_8859_1);
  }
}
