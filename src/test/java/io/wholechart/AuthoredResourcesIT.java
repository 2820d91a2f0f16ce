package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.dicom.QidoReader;
import io.wholechart.dicom.QidoReading;
import io.wholechart.fhir.Resource;
import io.wholechart.hl7v2.Hl7v2Reader;
import io.wholechart.hl7v2.Hl7v2Reading;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What we author from other protocols, against R4 as an independent validator knows it. */
class AuthoredResourcesIT {
  private static final List<String> VALUES =
      List.of(
          "NM||5.10|mmol/L|3.5-5.1|H~odd",
          "NM||1E99|K/uL^thousand^L",
          "NM||<5|x10^9/L|<5|L",
          "SN||>^100|mg/dL",
          "SN||^1^:^128",
          "SN||^5^-^9|%",
          "ST|1.2|one~two",
          "TX||",
          "FT||a\\.br\\b",
          "CWE||260385009^Negative^SCT^NEG^neg^L",
          "CE||^Positive",
          "CE||A^A^99LOCAL||||||",
          "DT||2026",
          "TS||202602",
          "DTM||20260203112233.123456789+0100",
          "TM||1122",
          "ED||LAB^application^pdf^Base64^JVBERi0x",
          "ED||LAB^x^y^Base64^JVBERi0x",
          "ZZ||^^^",
          "||");

  @Test
  void isValidR4() {
    List<Resource> resources = new ArrayList<>();
    var laboratory = new StringBuilder("MSH|^~\\&|L|H|||20261001120000+0200||ORU^R01|1|P|2.5.1\r");
    laboratory.append("PID|1||p-1^^^H&1.2.840.113619.1&ISO^MR~2^^^X||Doe^Jane^Q||19800203|F\r");
    laboratory.append(
        "OBR|1|P^PL|F^FL|24323-8^Panel^LN|||20261001|20261002||||||||||||||20261003112233|||F\r");
    VALUES.forEach(value -> {
      laboratory.append("OBX|1|" + value.replaceFirst("\\|", "|2951-2^Sodium^LN^NA^Na^L|") + "\r");
      laboratory.append("NTE|1||note\r");
    });
    laboratory.append("PID|2\rOBR|\rOBX\rOBX|1|NM|||5||||||?|||00000000\rNTE|1\r");
    var read = (Hl7v2Reading.Read) new Hl7v2Reader().read(bytes(laboratory.toString()), null);
    assertThat(read.isWhole()).isTrue();
    assertThat(read.results()).isEqualTo(VALUES.size() + 2);
    resources.addAll(read.resources());
    String studies =
        """
        [{"0020000D":{"Value":["1.2.3"]}},
         {"0020000D":{"Value":["1.2.840.99.1"]},"00080020":{"Value":["20260203"]},
          "00080030":{"Value":["112233.123456"]},"00080201":{"Value":["+1400"]},
          "00080050":{"Value":["A 1"]},"00080056":{"Value":["ONLINE"]},
          "00080061":{"Value":["CT","SR"]},"00080090":{"Value":["Doe^J"]},
          "00100020":{"Value":["p-1"]},"00100021":{"Value":["H"]},
          "00201206":{"Value":[3]},"00201208":{"Value":["0"]}}]
        """;
    resources.addAll(((QidoReading.Read) new QidoReader().read(bytes(studies))).studies());
    var r4 = new R4();

    List<String> problems = new ArrayList<>();
    for (Resource resource : resources) {
      String json = resource.bytes().json();
      r4.errors(json).forEach(error -> problems.add(error + " in " + json));
    }
    assertThat(resources).hasSizeGreaterThan(VALUES.size() + 5);
    assertThat(problems).isEmpty();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
