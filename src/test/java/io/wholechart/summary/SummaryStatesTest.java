package io.wholechart.summary;

import static io.wholechart.Charts.entry;
import static io.wholechart.Charts.failure;
import static io.wholechart.Charts.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every combination of what two sources can come to, in the words of a summary: none of them may
 * let the silence of a source, or a claim that does not hold, read as "there is nothing".
 */
class SummaryStatesTest {
  private static final Map<String, Integer> SEEN = new HashMap<>();

  /** A required section, with the codes that say "none known", "no information" and an entry. */
  private enum Kind {
    ALLERGIES(Section.ALLERGIES, "48765-2", "716186003", "no-allergy-info", "91935009"),
    PROBLEMS(Section.CONDITIONS, "11450-4", "160245001", "no-problem-info", "38341003"),
    MEDICATIONS(Section.MEDICATIONS, "10160-0", "787481004", "no-medication-info", "372687004");

    final Section section;
    final String loinc;
    final String noneKnown;
    final String noInformation;
    final String something;

    Kind(Section section, String loinc, String noneKnown, String noInfo, String something) {
      this.section = section;
      this.loinc = loinc;
      this.noneKnown = noneKnown;
      this.noInformation = noInfo;
      this.something = something;
    }

    Entry of(String source, String code) {
      String system =
          Character.isDigit(code.charAt(0))
              ? "http://snomed.info/sct"
              : "http://hl7.org/fhir/uv/ips/CodeSystem/absent-unknown-uv-ips";
      String concept = "{\"coding\":[{\"system\":\"%s\",\"code\":\"%s\"}]}".formatted(system, code);
      String json =
          switch (this) {
            case ALLERGIES -> "\"resourceType\":\"AllergyIntolerance\",\"code\":" + concept;
            case PROBLEMS -> "\"resourceType\":\"Condition\",\"code\":" + concept;
            case MEDICATIONS ->
                "\"resourceType\":\"MedicationStatement\",\"medicationCodeableConcept\":" + concept;
          };
      return entry(source, "{\"id\":\"" + code + "\"," + json + "}");
    }
  }

  private enum End {
    WHOLE,
    NOT_FOUND,
    CUT_OFF,
    SILENT,
    DENIED
  }

  private record Source(
      boolean isResponsible, End end, boolean none, boolean ignorant, boolean has) {
    boolean isLacking() {
      return isResponsible && ((end != End.WHOLE && end != End.NOT_FOUND) || ignorant);
    }

    boolean isPossible() {
      return end == End.WHOLE || end == End.CUT_OFF || (!none && !ignorant && !has);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noCombinationReadsAsAFalseEmpty(Kind kind) {
    List<Source> sources = sources();
    for (Source one : sources) {
      for (Source other : sources.subList(sources.indexOf(one), sources.size())) {
        for (Optional<Edition> asked :
            List.of(
                Optional.of(Edition.STU1), Optional.of(Edition.STU2), Optional.<Edition>empty())) {
          check(kind, List.of(one, other), asked);
        }
      }
    }
    assertThat(SEEN)
        .as("what came up")
        .containsKeys("nilknown", "unavailable", "withheld", "entries");
  }

  private static void check(Kind kind, List<Source> sources, Optional<Edition> asked) {
    String what = kind + " " + sources + " " + asked;
    var document = Documents.of(reports(kind, sources), asked);
    JsonNode section = Documents.section(document, kind.loinc);
    boolean isClaimed = sources.stream().anyMatch(Source::isResponsible);
    List<Source> lacking = sources.stream().filter(Source::isLacking).toList();
    boolean isWhole = isClaimed && lacking.isEmpty();
    boolean hasEntry = sources.stream().anyMatch(Source::has);
    boolean isNoneKnown = isWhole && !hasEntry && sources.stream().anyMatch(Source::none);

    String text = section.at("/text/div").textValue();
    boolean isWarning = text.matches(".*(INCOMPLETE|UNKNOWN|WITHHELD).*");
    assertThat(isWarning).as("a reader is warned: %s", what).isEqualTo(!isWhole);
    List<String> codes = codes(section, document);
    String reason = section.at("/emptyReason/coding/0/code").asText("");
    SEEN.merge(reason.isEmpty() ? "entries" : reason, 1, Integer::sum);
    if (hasEntry) {
      assertThat(codes).as(what).contains(kind.something);
      assertThat(reason).as(what).isEmpty();
      return;
    }
    assertThat(String.join(" ", codesOfAll(kind, document)).contains(kind.noneKnown))
        .as("an entry that says none known: %s", what)
        .isEqualTo(isNoneKnown && document.edition() == Edition.STU1);
    if (document.edition() == Edition.STU1) {
      assertThat(codes).as(what).containsOnly(isNoneKnown ? kind.noneKnown : kind.noInformation);
      assertThat(reason).as(what).isEmpty();
    } else {
      boolean isDenied =
          !lacking.isEmpty() && lacking.stream().allMatch(s -> s.end() == End.DENIED);
      boolean isUntold = sources.stream().noneMatch(Source::none);
      String expected =
          isNoneKnown ? "nilknown" : isDenied && isUntold ? "withheld" : "unavailable";
      assertThat(reason).as(what).isEqualTo(expected);
      assertThat(codes).as(what).isEmpty();
    }
    if (asked.isEmpty()) {
      Edition expected =
          isClaimed && !isWhole || !isClaimed && isTold(sources) ? Edition.STU2 : Edition.STU1;
      assertThat(document.edition()).as(what).isEqualTo(expected);
    }
  }

  private static boolean isTold(List<Source> sources) {
    return sources.stream().anyMatch(s -> s.none() || s.ignorant());
  }

  private static List<String> codes(JsonNode section, SummaryDocument document) {
    List<String> codes = new ArrayList<>();
    for (JsonNode entry : section.path("entry")) {
      codes.add(Documents.code(Documents.resource(document, entry.path("reference").textValue())));
    }
    return codes;
  }

  private static List<String> codesOfAll(Kind kind, SummaryDocument document) {
    return document.parts().stream()
        .filter(part -> kind.section.resourceTypes().contains(part.type()))
        .map(part -> Documents.code(Documents.json(part)))
        .toList();
  }

  private static List<Source> sources() {
    List<Source> sources = new ArrayList<>();
    boolean[] both = {true, false};
    for (boolean isResponsible : both) {
      for (End end : End.values()) {
        for (boolean none : both) {
          for (boolean ignorant : both) {
            for (boolean has : both) {
              var source = new Source(isResponsible, end, none, ignorant, has);
              if (source.isPossible()) {
                sources.add(source);
              }
            }
          }
        }
      }
    }
    return sources;
  }

  private static List<SourceReport> reports(Kind kind, List<Source> sources) {
    List<SourceReport> reports = new ArrayList<>();
    for (Source source : sources) {
      String name = "source" + reports.size();
      List<Entry> entries = new ArrayList<>();
      if (source.none()) {
        entries.add(kind.of(name, kind.noneKnown));
      }
      if (source.ignorant()) {
        entries.add(kind.of(name, kind.noInformation));
      }
      if (source.has()) {
        entries.add(kind.of(name, kind.something));
      }
      SourceResult result =
          switch (source.end()) {
            case WHOLE -> new SourceResult.Complete(entries);
            case NOT_FOUND -> new SourceResult.NotFound();
            case CUT_OFF -> new SourceResult.Incomplete(entries, failure(FailureReason.PARTIAL));
            case SILENT -> new SourceResult.Failed(failure(FailureReason.TIMEOUT));
            case DENIED -> new SourceResult.Failed(failure(FailureReason.DENIED));
          };
      Section section = source.isResponsible() ? kind.section : Section.DOCUMENTS;
      reports.add(report(name, Set.of(section), result));
    }
    return reports;
  }
}
