package io.wholechart.patient;

import static io.wholechart.Charts.entry;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.Seed;
import io.wholechart.patient.Conflict.Claim;
import io.wholechart.patient.Conflict.Kind;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatientValuesTest {
  private static final String PATIENT =
      """
      {"resourceType": "Patient", "id": "p-secret", "identifier": [{"value": "n-secret"}],
       "name": [{"family": "Secret", "given": ["Secret"]}], "birthDate": "1999-secret", "gender": "secret"}
      """;

  @ParameterizedTest
  @ValueSource(strings = {"p-1001", "a", "A.b-9", "-", "...", ".-"})
  void anIdIsOfFhirsAlphabet(String id) {
    assertThat(new PatientId(id).value()).isEqualTo(id);
  }

  @Test
  void anIdHasUpTo64Characters() {
    assertThat(PatientId.isLegal("x".repeat(64))).isTrue();
    assertThat(PatientId.isLegal("x".repeat(65))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "..", "a b", "a/b", "../b", "a\\b", "a*", "a?", "a&b", "a=b", "a#b", "a%2e",
        "a|b", "a^b", "a~b", "a_b", "a:b", "a,b", "a;b", "a\n", "\na", "a\r\nb", "a\u0000", "ä",
        "１", "a\u200d", "<a>", "'", "\""
      })
  void anIdThatCouldMeanAnythingElseFurtherDownIsNone(String id) {
    assertThat(PatientId.isLegal(id)).isFalse();
    assertThatThrownBy(() -> new PatientId(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a patient id is 1 to 64 letters, digits, '.' or '-'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"p-1001", "L:77/a", "I_5+x", "a@b", "x=1", "..."})
  void aSourcesIdMayBeOfAWiderAlphabet(String id) {
    assertThat(new SourceId("urn:oid:1", id).value()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "", " ", ".", "..", "a b", "a\\b", "a*", "a?", "a&b", "a#b", "a%2e", "a|b", "a^b", "a~b",
        "a,b", "a;b", "a$b", "a\n", "a\u0000", "ä", "１", "<a>", "'", "\""
      })
  void aSourcesIdMeansNothingElseToAnyProtocol(String id) {
    assertThat(SourceId.isLegal(id)).isFalse();
    assertThatThrownBy(() -> new SourceId(null, id)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSourcesIdHasUpTo64Characters() {
    assertThat(SourceId.isLegal("x".repeat(64))).isTrue();
    assertThat(SourceId.isLegal("x".repeat(65))).isFalse();
    assertThat(new SourceId("urn:oid:1", "secret")).hasToString("SourceId[withheld]");
  }

  @Test
  void everyOtherCharacterIsRefused() {
    for (int c = 0; c < 0x3000; c++) {
      boolean isLegal = c < 128 && (Character.isLetterOrDigit(c) || c == '.' || c == '-');
      assertThat(PatientId.isLegal("a" + Character.toString(c))).as("U+%04X", c).isEqualTo(isLegal);
    }
  }

  /** So that no log line and no exception text can carry it by accident. */
  @Test
  void noValueTellsWhatItHolds() {
    Entry patient = entry("ehr", "urn:uuid:secret", PATIENT);
    var merged = new MergedEntry(List.of(patient));
    var claims =
        List.of(
            new Claim("secret", List.of("ehr"), List.of()),
            new Claim("Secret", List.of("lab"), List.of()));
    var conflict = new Conflict(Section.PATIENT, Kind.DEMOGRAPHICS, "birthDate", claims);
    Map<Section, List<MergedEntry>> sections = Map.of(Section.PATIENT, List.of(merged));
    for (Object value :
        List.of(
            new PatientId("secret"),
            patient,
            patient.facts(),
            patient.facts().demographics(),
            patient.bytes(),
            merged,
            conflict,
            new Stated("secret", "secret"),
            new PatientRecord(sections, List.of(merged), List.of(conflict)))) {
      assertThat(value.toString())
          .as(value.getClass().getName())
          .doesNotContainIgnoringCase("secret");
    }
  }

  @ParameterizedTest
  @CsvSource({"-1, 2", "0, 0", "0, 1", "0, 5", "3, 2", "4, 2", "2, 2147483647", "2147483647, 2"})
  void aResourceLiesWithinItsBody(int offset, int length) {
    assertThatThrownBy(() -> new ResourceBytes(new byte[4], offset, length))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aResourceIsTheBytesOfItsWindow() throws Exception {
    for (int round = 0; round < 500; round++) {
      var random = Seed.random(round);
      byte[] body = new byte[random.nextInt(2, 40)];
      random.nextBytes(body);
      int offset = random.nextInt(body.length - 1);
      int length = random.nextInt(2, body.length - offset + 1);
      byte[] window = Arrays.copyOfRange(body, offset, offset + length);
      var bytes = new ResourceBytes(body, offset, length);
      var out = new ByteArrayOutputStream();
      bytes.writeTo(out);
      assertThat(out.toByteArray()).as(Seed.describe(round)).isEqualTo(window);
      assertThat(bytes.toByteArray()).as(Seed.describe(round)).isEqualTo(window);
      assertThat(bytes.length()).isEqualTo(length);
      var elsewhere = new ResourceBytes(window, 0, length);
      assertThat(bytes).as(Seed.describe(round)).isEqualTo(elsewhere).hasSameHashCodeAs(elsewhere);
      window[random.nextInt(length)] ^= 1;
      assertThat(bytes).as(Seed.describe(round)).isNotEqualTo(new ResourceBytes(window, 0, length));
    }
  }

  @Test
  void aTextIsReadAsUtf8() {
    byte[] body = "{\"é\"}".getBytes(UTF_8);
    assertThat(new ResourceBytes(body, 0, body.length).json()).isEqualTo("{\"é\"}");
  }

  @Test
  void everyTypeHasAtMostOneSection() {
    Set<String> types = new HashSet<>();
    for (Section section : Section.values()) {
      assertThat(section.resourceTypes()).isNotEmpty();
      for (String type : section.resourceTypes()) {
        assertThat(types.add(type)).as(type).isTrue();
        assertThat(Section.ofType(type)).contains(section);
      }
      assertThat(Section.named(section.key())).contains(section);
    }
    assertThat(Section.ofType("Practitioner")).isEmpty();
    assertThat(Section.ofType("patient")).as("types are told by case").isEmpty();
    assertThat(Section.named("Patient")).isEmpty();
  }

  @Test
  void urgenciesAreNamedAsTheContractNamesThem() {
    assertThat(Urgency.keys()).containsExactly("normal", "urgent", "emergency");
    assertThat(Urgency.values()).extracting(Urgency::actPriority).containsExactly("R", "UR", "EM");
    assertThat(Urgency.named("emergency")).contains(Urgency.EMERGENCY);
    assertThat(Urgency.named("EMERGENCY")).isEmpty();
  }

  @Test
  void aConflictHasTwoSidesAndAMergedEntryAnOriginal() {
    assertThatThrownBy(() ->
            new Conflict(
                Section.PATIENT,
                Kind.DEMOGRAPHICS,
                "gender",
                List.of(new Claim("male", List.of("ehr"), List.of()))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new MergedEntry(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aRecordDoesNotChangeWithWhatItWasMadeOf() {
    var merged = new MergedEntry(List.of(entry("ehr", PATIENT)));
    List<MergedEntry> entries = new ArrayList<>(List.of(merged));
    Map<Section, List<MergedEntry>> sections = new EnumMap<>(Section.class);
    sections.put(Section.PATIENT, entries);
    var record = new PatientRecord(sections, entries, List.of());
    sections.clear();
    entries.clear();
    assertThat(record.in(Section.PATIENT)).containsExactly(merged);
    assertThat(record.other()).containsExactly(merged);
    assertThat(record.in(Section.RESULTS)).isEmpty();
    assertThatThrownBy(() -> record.sections().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }
}
