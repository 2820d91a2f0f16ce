package io.wholechart.dicom;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Lists of studies as archives write them, and what the reader makes of them. */
final class Qido {
  private static final ObjectMapper JSON = new ObjectMapper();

  static final String WHOLE =
      """
      {"00080005":{"vr":"CS","Value":["ISO_IR 192"]},
       "00080020":{"vr":"DA","Value":["20260203"]},
       "00080030":{"vr":"TM","Value":["112233.250000"]},
       "00080050":{"vr":"SH","Value":["ACC-77"]},
       "00080056":{"vr":"CS","Value":["ONLINE"]},
       "00080061":{"vr":"CS","Value":["CT","SR"]},
       "00080090":{"vr":"PN","Value":[{"Alphabetic":"Okoye^Chidi^^Dr"}]},
       "00080201":{"vr":"SH","Value":["+0100"]},
       "00081030":{"vr":"LO","Value":["CT Thorax"]},
       "00100020":{"vr":"LO","Value":["p-1001"]},
       "00100021":{"vr":"LO","Value":["HOSP"]},
       "0020000D":{"vr":"UI","Value":["1.2.840.99.1"]},
       "00201206":{"vr":"IS","Value":[3]},
       "00201208":{"vr":"IS","Value":["412"]}}
      """;

  private Qido() {}

  /** One study with these attributes. */
  static String studies(String attributes) {
    return "[{" + attributes + "\"0020000D\":{\"vr\":\"UI\",\"Value\":[\"1.2.3\"]}}]";
  }

  static String attribute(String tag, @Nullable String value) {
    return value == null ? "" : "\"" + tag + "\":{\"Value\":[\"" + value + "\"]},";
  }

  static QidoReading read(String body) {
    return new QidoReader().read(body.getBytes(StandardCharsets.UTF_8));
  }

  /** The only study of a list. */
  static JsonNode only(String body) {
    var read = (QidoReading.Read) read(body);
    assertThat(read.studies()).hasSize(1);
    try {
      return JSON.readTree(read.studies().getFirst().bytes().json());
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an authored resource is no JSON", e);
    }
  }
}
