package io.wholechart.dicom;

import static io.wholechart.dicom.Qido.WHOLE;
import static io.wholechart.dicom.Qido.read;
import static io.wholechart.dicom.Qido.studies;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.wholechart.Seed;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.fhir.Resource;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QidoReaderTest {
  @Test
  void anEmptyListIsAPositiveNothing() {
    assertThat(read(" [ ] ")).isEqualTo(new QidoReading.Read(List.of(), 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{}",
        "null",
        "7",
        "\"[]\"",
        "[",
        "[{}",
        "[{\"0020000D\":",
        "<html/>",
        "[]<html/>",
        "[][]",
        "[] trailing",
        "[{\"0020000D\":{\"Value\":[\"1.2.3\"]},}]"
      })
  void whatIsNoListOfDicomJsonIsUnreadableAndNeverEmpty(String body) {
    assertThat(read(body)).isInstanceOf(QidoReading.Unreadable.class);
  }

  @Test
  void whatIsNestedWithoutEndIsUnreadable() {
    assertThat(read("[".repeat(100_000))).isInstanceOf(QidoReading.Unreadable.class);
    assertThat(read("[" + "9".repeat(100_000) + "]")).isInstanceOf(QidoReading.Unreadable.class);
  }

  @Test
  void aBodyThatIsNotUtf8IsUnreadable() {
    byte[] body = "[{\"0020000D\":{\"Value\":[\"\u00E9\"]}}]".getBytes(StandardCharsets.ISO_8859_1);

    assertThat(new QidoReader().read(body)).isInstanceOf(QidoReading.Unreadable.class);
  }

  @Test
  void whatHasNoUsableUidIsCountedAndDoesNotLoseTheOthers() {
    String others =
        """
        {}, null, 7, "text", [], [1],
        {"0020000D":{"vr":"UI"}},
        {"0020000D":{"vr":"UI","Value":[]}},
        {"0020000D":{"vr":"UI","Value":[null]}},
        {"0020000D":{"vr":"UI","Value":[""]}},
        {"0020000D":{"vr":"UI","Value":[{"Alphabetic":"1.2.3"}]}},
        {"0020000D":{"vr":"UI","Value":["not a uid"]}},
        {"0020000D":{"vr":"UI","Value":["1.2.%s"]}},
        {"0020000D":"1.2.3"}
        """
            .formatted("3".repeat(62));
    var read = (QidoReading.Read) read("[" + WHOLE + "," + others + "," + WHOLE + "]");

    assertThat(read.studies()).hasSize(2);
    assertThat(read.unreadable()).isEqualTo(14);
  }

  @Test
  void aSecondPatientIdDoesNotHideBehindTheFirst() {
    assertThat(
            read(
                studies(
                    "\"00100020\":{\"Value\":[\"p-9\"]},\"00100020\":{\"Value\":[\"p-1001\"]},")))
        .isInstanceOf(QidoReading.Unreadable.class);
  }

  @Test
  void mutatedInputNeverThrowsAndEveryStudyCanBeReadAgain() {
    byte[] whole = ("[" + WHOLE + "," + WHOLE + "]").getBytes(StandardCharsets.UTF_8);
    for (int round = 0; round < 3000; round++) {
      byte[] mutated = mutate(whole, Seed.random(round));

      assertThatCode(
              () -> {
                if (new QidoReader().read(mutated) instanceof QidoReading.Read read) {
                  for (Resource study : read.studies()) {
                    assertThat(PayloadReader.readResource(study.bytes())).isEqualTo(study);
                  }
                  assertThat(read.studies().size() + read.unreadable()).isPositive();
                }
              })
          .as("%s: %s", Seed.describe(round), new String(mutated, StandardCharsets.ISO_8859_1))
          .doesNotThrowAnyException();
    }
  }

  @Test
  void aBodyThatWasCutIsUnreadableWhereverThatWas() {
    byte[] whole = ("[" + WHOLE.strip() + "]").getBytes(StandardCharsets.UTF_8);
    for (int length = 0; length < whole.length; length++) {
      assertThat(new QidoReader().read(Arrays.copyOf(whole, length)))
          .as("cut at %d", length)
          .isInstanceOf(QidoReading.Unreadable.class);
    }
  }

  private static byte[] mutate(byte[] body, RandomGenerator random) {
    byte[] mutated = body.clone();
    for (int i = random.nextInt(1, 8); i > 0; i--) {
      int at = random.nextInt(mutated.length);
      mutated[at] =
          random.nextBoolean()
              ? (byte) "0123456789.+-\"^=: ".charAt(random.nextInt(18))
              : (byte) random.nextInt(256);
    }
    return mutated;
  }
}
