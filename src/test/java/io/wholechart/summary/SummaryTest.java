package io.wholechart.summary;

import static io.wholechart.Charts.answered;
import static io.wholechart.Charts.entry;
import static io.wholechart.Charts.failure;
import static io.wholechart.Charts.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.Section;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SummaryTest {
  private static final String CODED =
      "'code':{'coding':[{'system':'http://snomed.info/sct','code':'91935009'}],'text':'peanut'}";

  @Test
  void aDocumentBeginsWithItsCompositionAndNothingInItLeadsNowhere() {
    var document =
        of(
            answered(
                "ehr",
                json("ehr", "'resourceType':'Patient','id':'1','name':[{'family':'Doe'}]"),
                json(
                    "ehr",
                    "'resourceType':'AllergyIntolerance','id':'a',"
                        + CODED
                        + ",'patient':{'reference':'Patient/1'},'recorder':{'reference':'Practitioner/d'}"),
                json("ehr", "'resourceType':'Practitioner','id':'d'"),
                json("ehr", "'resourceType':'Practitioner','id':'unrelated'")));

    assertThat(types(document))
        .startsWith("Composition", "Patient", "Device")
        .contains("AllergyIntolerance", "Practitioner")
        .doesNotHaveDuplicates();
    List<String> present = document.parts().stream().map(SummaryDocument.Part::reference).toList();
    for (SummaryDocument.Part part : document.parts()) {
      assertThat(present).containsAll(Documents.json(part).findValuesAsText("reference"));
    }
    assertThat(present).contains("Patient/p-1", "Practitioner/ehr.d");
  }

  @Test
  void whomEachSourceNamesIsTheOnePatientOfTheDocument() {
    var document =
        of(
            answered(
                "ehr",
                json("ehr", "'resourceType':'Patient','id':'1'"),
                json(
                    "ehr",
                    "'resourceType':'Condition','id':'c','subject':{'reference':'Patient/1'}"),
                json(
                    "ehr",
                    "'resourceType':'Condition','id':'d','subject':"
                        + "{'reference':'http://elsewhere/fhir/Patient/1'}")),
            answered(
                "lab",
                json(
                    "lab",
                    "'resourceType':'Observation','id':'o','subject':{'reference':'Patient/77'},"
                        + "'performer':[{'reference':'Patient/77'}],'focus':[{'reference':'Patient/78'}]")));

    assertThat(types(document)).containsOnlyOnce("Patient");
    assertThat(subject(document, "Condition/ehr.c")).isEqualTo("Patient/p-1");
    assertThat(subject(document, "Condition/ehr.d")).isEqualTo("Patient/p-1");
    JsonNode observation = Documents.resource(document, "Observation/lab.o");
    assertThat(observation.at("/subject/reference").textValue()).isEqualTo("Patient/p-1");
    assertThat(observation.at("/performer/0/reference").textValue()).isEqualTo("Patient/p-1");
    assertThat(observation.at("/focus/0/reference").textValue()).isEqualTo("Patient/lab.78");
  }

  @Test
  void whatIsNotProvenToBeThePatientsSaysSoAndGivesThePatientNothing() {
    var named = json("gp", "'resourceType':'Patient','id':'x','birthDate':'1950-01-01'");
    var problem = json("gp", "'resourceType':'Condition','id':'c','code':{'text':'gout'}");
    var document =
        of(
            answered(
                "gp",
                named.withIdentity(IdentityVerdict.UNVERIFIED),
                problem.withIdentity(IdentityVerdict.UNVERIFIED)));

    assertThat(Documents.resource(document, "Patient/p-1").has("birthDate")).isFalse();
    assertThat(Documents.section(document, "11450-4").at("/text/div").textValue())
        .contains("gout")
        .contains("not proven to be this patient's");
    assertThat(document.parts())
        .filteredOn(part -> part.reference().equals("Condition/gp.c"))
        .extracting(SummaryDocument.Part::identity)
        .containsExactly(IdentityVerdict.UNVERIFIED);
  }

  @Test
  void aGroupIsListedOnceAndKeptWhole() {
    String drug =
        "'resourceType':'Immunization','id':'i','status':'completed','occurrenceDateTime':'2020-05-01',"
            + "'vaccineCode':{'coding':[{'system':'http://hl7.org/fhir/sid/cvx','code':'140'}]}";
    var document = of(answered("ehr", json("ehr", drug)), answered("gp", json("gp", drug)));

    JsonNode section = Documents.section(document, "11369-6");
    assertThat(section.path("entry").findValuesAsText("reference"))
        .containsExactly("Immunization/ehr.i");
    assertThat(section.at("/text/div").textValue()).contains("ehr, gp").contains("2020-05-01");
    assertThat(document.parts())
        .extracting(SummaryDocument.Part::reference)
        .contains("Immunization/ehr.i", "Immunization/gp.i");
  }

  @Test
  void allergiesComeFirstInTheOverviewAndAmongTheSections() {
    var document =
        of(answered("ehr", json("ehr", "'resourceType':'AllergyIntolerance','id':'a'," + CODED)));
    JsonNode composition = Documents.composition(document);
    assertThat(composition.at("/section/0/code/coding/0/code").textValue()).isEqualTo("48765-2");
    assertThat(composition.at("/text/div").textValue())
        .matches("(?s)<div[^>]*><h3>Allergies.*peanut.*rests on.*ehr answered.*");
  }

  @Test
  void whatIsMissingIsNamedWhereItIsMissing() {
    var allergy = json("ehr", "'resourceType':'AllergyIntolerance','id':'a'," + CODED);
    var lab =
        report(
            "lab",
            Set.of(Section.ALLERGIES, Section.RESULTS),
            new SourceResult.Failed(failure(FailureReason.TIMEOUT)));
    var document = of(answered("ehr", allergy), lab);

    String text = Documents.section(document, "48765-2").at("/text/div").textValue();
    assertThat(text).contains("INCOMPLETE: lab failed in a test").contains("peanut");
    String overview = Documents.composition(document).at("/text/div").textValue();
    assertThat(overview).contains("MISSING: lab failed in a test");
    assertThat(Documents.section(document, "51851-4").at("/text/div").textValue())
        .contains("<td>allergies</td><td>incomplete</td><td>ehr, lab</td><td>ehr</td>");
    assertThat(Documents.section(document, "30954-2").at("/emptyReason/coding/0/code").textValue())
        .isEqualTo("unavailable");
  }

  @Test
  void aDrugInAResourceOfItsOwnIsNamedAndComesAlong() {
    var document =
        of(
            answered(
                "ehr",
                json(
                    "ehr",
                    "'resourceType':'MedicationRequest','id':'r','status':'active',"
                        + "'medicationReference':{'reference':'Medication/m'}"),
                json("ehr", "'resourceType':'Medication','id':'m','code':{'text':'digoxin'}")));
    assertThat(Documents.section(document, "10160-0").at("/text/div").textValue())
        .contains("<td>digoxin</td>");
    assertThat(types(document)).contains("Medication");
  }

  @Test
  void aConflictIsToldInItsSectionWithWhoSaysWhat() {
    var conflict =
        new Conflict(
            Section.ALLERGIES,
            Conflict.Kind.STATUS,
            "clinicalStatus",
            List.of(
                new Conflict.Claim("active", List.of("ehr", "gp"), List.of()),
                new Conflict.Claim("resolved", List.of("lab"), List.of())));
    var allergy = json("ehr", "'resourceType':'AllergyIntolerance','id':'a'," + CODED);
    var document = Documents.of(List.of(answered("ehr", allergy)), Optional.empty(), conflict);
    assertThat(Documents.section(document, "48765-2").at("/text/div").textValue())
        .contains(
            "<p>CONFLICT: sources give different states, clinicalStatus: "
                + "&quot;active&quot; (ehr, gp); &quot;resolved&quot; (lab).</p>");
  }

  @Test
  void devicesAreShownWhereThereAreAny() {
    var document =
        of(
            answered(
                "ehr",
                json(
                    "ehr",
                    "'resourceType':'DeviceUseStatement','id':'u',"
                        + "'device':{'display':'pacemaker'}")));
    assertThat(Documents.section(document, "46264-8").at("/text/div").textValue())
        .contains("pacemaker");
    assertThat(Documents.section(of(answered("ehr")), "46264-8").isMissingNode()).isTrue();
  }

  private static SummaryDocument of(SourceReport... reports) {
    return Documents.of(List.of(reports), Optional.empty());
  }

  private static Entry json(String source, String elements) {
    return entry(source, ("{" + elements + "}").replace('\'', '"'));
  }

  private static String subject(SummaryDocument document, String reference) {
    return Documents.resource(document, reference).at("/subject/reference").textValue();
  }

  private static List<String> types(SummaryDocument document) {
    List<String> types = new ArrayList<>();
    document.parts().forEach(part -> types.add(part.type()));
    return types;
  }
}
