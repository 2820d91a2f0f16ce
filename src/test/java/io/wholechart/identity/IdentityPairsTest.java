package io.wholechart.identity;

import static io.wholechart.Charts.entry;
import static io.wholechart.Charts.report;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.identity.Identity.Checked;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table of pairs: one person or two, as people and clerks make them look. */
class IdentityPairsTest {
  /** One line of the table. */
  private record Pair(
      String truth, String what, String reference, String other, IdentityVerdict verdict) {
    static Pair of(String line) {
      String[] cells = line.split("\\|");
      return new Pair(
          cells[0].strip(),
          cells[1].strip(),
          cells[2].strip(),
          cells[3].strip(),
          IdentityVerdict.named(cells[4].strip()).orElseThrow());
    }

    boolean isShown() {
      return verdict == IdentityVerdict.MATCH || verdict == IdentityVerdict.UNVERIFIED;
    }

    @Override
    public String toString() {
      return what;
    }
  }

  static Stream<Pair> pairs() throws IOException {
    try (InputStream in = IdentityPairsTest.class.getResourceAsStream("/identity-pairs.txt")) {
      String table = new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
      return table
          .lines()
          .filter(l -> !l.startsWith("#") && !l.isBlank())
          .map(Pair::of)
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void aPairIsJudgedAsTheTableSays(Pair pair) {
    assertThat(verdict(pair.reference(), pair.other())).isEqualTo(pair.verdict());
  }

  /**
   * A Patient that proves itself proves what refers to it, and one that is doubted takes it along.
   */
  @ParameterizedTest
  @MethodSource("pairs")
  void whatRefersToThemIsJudgedAlike(Pair pair) {
    String url = "urn:uuid:8d2f0cc7-63a7-4f8b-9f57-0d4c2d2b8a11";
    Entry patient = entry("b", url, patient(pair.other()));
    Entry result =
        entry(
            "b",
            "{\"resourceType\":\"Observation\",\"subject\":{\"reference\":\"%s\"}}".formatted(url));
    Checked checked = check(entry("a", patient(pair.reference())), patient, result).get(1);
    assertThat(checked.mismatches() + checked.suspects()).isEqualTo(pair.isShown() ? 0 : 2);
    assertThat(checked.report().result().entries()).hasSize(pair.isShown() ? 2 : 0);
  }

  @Test
  void nobodyIsTakenForAnother() throws IOException {
    List<Pair> pairs = pairs().toList();
    List<Pair> falseMatches = new ArrayList<>();
    List<Pair> falseMismatches = new ArrayList<>();
    int heldBack = 0;
    for (Pair pair : pairs) {
      IdentityVerdict verdict = verdict(pair.reference(), pair.other());
      boolean isShown = verdict == IdentityVerdict.MATCH || verdict == IdentityVerdict.UNVERIFIED;
      if (pair.truth().equals("other") && isShown) {
        falseMatches.add(pair);
      }
      if (pair.truth().equals("same") && verdict == IdentityVerdict.MISMATCH) {
        falseMismatches.add(pair);
      }
      heldBack += pair.truth().equals("same") && verdict == IdentityVerdict.SUSPECT ? 1 : 0;
    }
    System.out.printf(
        "identity: %d pairs (%d of one person, %d of two): false match %d, false mismatch %d, "
            + "one person held back as suspect %d%n",
        pairs.size(),
        count(pairs, "same"),
        count(pairs, "other"),
        falseMatches.size(),
        falseMismatches.size(),
        heldBack);
    assertThat(pairs).hasSizeGreaterThanOrEqualTo(80);
    assertThat(falseMatches).isEmpty();
    assertThat(falseMismatches).hasSizeLessThanOrEqualTo(2);
  }

  private static long count(List<Pair> pairs, String truth) {
    return pairs.stream().filter(pair -> pair.truth().equals(truth)).count();
  }

  private static IdentityVerdict verdict(String reference, String other) {
    Checked checked = check(entry("a", patient(reference)), entry("b", patient(other))).get(1);
    return Objects.requireNonNull(checked.report().identity());
  }

  private static List<Checked> check(Entry reference, Entry... others) {
    return Identity.check(
        List.of(
            report("a", Set.of(Section.PATIENT), new SourceResult.Complete(List.of(reference))),
            report("b", Set.of(Section.RESULTS), new SourceResult.Complete(List.of(others)))),
        SuspectRule.WITHHOLD);
  }

  private static String patient(String words) {
    ObjectNode patient = JsonNodeFactory.instance.objectNode().put("resourceType", "Patient");
    ArrayNode identifiers = patient.putArray("identifier");
    ObjectNode name = JsonNodeFactory.instance.objectNode();
    ArrayNode names = patient.putArray("name");
    for (String word : words.split(" ")) {
      String key = word.substring(0, word.indexOf('='));
      String value = word.substring(key.length() + 1).replace('_', ' ');
      switch (key) {
        case "id" -> patient.put("id", value);
        case "mrn" -> identifiers.addObject().put("system", "urn:oid:1.2.3").put("value", value);
        case "ins" -> identifiers.addObject().put("system", "urn:oid:1.2.9").put("value", value);
        case "bare" -> identifiers.addObject().put("value", value);
        case "f" -> name.put("family", value);
        case "g" -> name.putArray("given").add(value);
        case "old" -> names.addObject().put("use", "maiden").put("family", value);
        case "b" -> patient.put("birthDate", value);
        case "s" -> patient.put("gender", value.equals("m") ? "male" : "female");
        default -> throw new IllegalArgumentException("no key " + key);
      }
    }
    if (!name.isEmpty()) {
      names.add(name);
    }
    return patient.toString();
  }
}
