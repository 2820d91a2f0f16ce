package io.wholechart.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.fhir.FhirPayload.Bundle;
import io.wholechart.fhir.FhirPayload.Single;
import io.wholechart.patient.ResourceBytes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadReaderTest {
  private static final String OBSERVATION = "{\"resourceType\":\"Observation\",\"id\":\"o-1\"}";
  private static final String CONDITION = "{\"id\":\"c-1\",\"resourceType\":\"Condition\"}";

  @Test
  void theTypeMayComeLast() throws Exception {
    Bundle bundle =
        bundle(
            "{\"entry\":[{\"resource\":%s}],\"total\":1,\"resourceType\":\"Bundle\"}"
                .formatted(CONDITION));
    assertThat(bundle.resources()).extracting(Resource::type).containsExactly("Condition");
    assertThat(bundle.total()).isEqualTo(1);
  }

  @Test
  void aByteOrderMarkIsNotPartOfTheResource() throws Exception {
    Single single = (Single) read("\uFEFF " + OBSERVATION);
    assertThat(single.resource().bytes().json()).isEqualTo(OBSERVATION);
    Bundle bundle =
        bundle(
            "\uFEFF{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":%s}]}"
                .formatted(CONDITION));
    assertThat(bundle.resources().getFirst().bytes().json()).isEqualTo(CONDITION);
  }

  @Test
  void aBundleThatHoldsNothingIsABundle() throws Exception {
    Bundle bundle = bundle("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":0}");
    assertThat(bundle).isEqualTo(new Bundle(List.of(), 0, null, 0, false, false, false));
  }

  @Test
  void outcomesSpeakAboutTheAnswerAndAreNoEntries() throws Exception {
    for (String severity : List.of("error", "fatal", "warning", "information")) {
      Bundle bundle =
          bundle(
              entries(
                  "{\"resource\":{\"issue\":[{\"severity\":\"%s\"}],\"resourceType\":\"OperationOutcome\"},\"search\":{\"mode\":\"outcome\"}}"
                      .formatted(severity),
                  "{\"resource\":" + OBSERVATION + "}"));
      assertThat(bundle.hasError())
          .as(severity)
          .isEqualTo(List.of("error", "fatal").contains(severity));
      assertThat(bundle.resources()).extracting(Resource::type).containsExactly("Observation");
    }
  }

  @Test
  void theErrorOfOneOutcomeIsNotForgottenForTheNext() throws Exception {
    String outcome =
        "{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"%s\"}]}}";
    Bundle bundle = bundle(entries(outcome.formatted("error"), outcome.formatted("information")));
    assertThat(bundle.hasError()).isTrue();
  }

  @Test
  void whatAnotherTypeCallsIssueIsNoError() throws Exception {
    Bundle bundle =
        bundle(
            entries(
                "{\"resource\":{\"resourceType\":\"Basic\",\"issue\":[{\"severity\":\"error\"}]}}"));
    assertThat(bundle.hasError()).isFalse();
  }

  @Test
  void aSubsettedEntryOrBundleIsSeen() throws Exception {
    String meta = "\"meta\":{\"tag\":[{\"code\":\"OTHER\"},{\"code\":\"SUBSETTED\"}]}";
    assertThat(bundle("{\"resourceType\":\"Bundle\"," + meta + "}").isSubsetted()).isTrue();
    assertThat(
            bundle(
                    entries(
                        "{\"resource\":{\"resourceType\":\"Basic\"," + meta + "}}",
                        "{\"resource\":" + OBSERVATION + "}"))
                .isSubsetted())
        .isTrue();
    assertThat(
            bundle(
                    entries(
                        "{\"resource\":{\"resourceType\":\"Basic\",\"contained\":[{"
                            + meta
                            + "}]}}"))
                .isSubsetted())
        .isFalse();
  }

  @Test
  void whatOnlyCameAlongIsTakenAndCountedApart() throws Exception {
    String entry = "{\"search\":{\"score\":{\"mode\":\"match\"},\"mode\":\"%s\"},\"resource\":%s}";
    Bundle bundle =
        bundle(
            entries(entry.formatted("include", OBSERVATION), entry.formatted("match", CONDITION)));
    assertThat(bundle.resources()).hasSize(2);
    assertThat(bundle.included()).isEqualTo(1);
  }

  @Test
  void theNextPageIsTheLinkThatSaysSo() throws Exception {
    String links =
        "{\"resourceType\":\"Bundle\",\"link\":[{\"relation\":\"self\",\"url\":\"a\"},{\"url\":\"b\",\"relation\":\"next\"},{\"relation\":\"last\",\"url\":\"c\"}]}";
    assertThat(bundle(links).next()).isEqualTo("b");
    assertThat(bundle(links.replace("\"next\"", "\"previous\"")).next()).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"relation\":\"next\"}",
        "{\"relation\":\"next\",\"url\":null}",
        "{\"relation\":\"next\",\"url\":\"\"}"
      })
  void aNextPageWithoutAPlaceIsNotTheEnd(String link) throws Exception {
    assertThat(bundle("{\"resourceType\":\"Bundle\",\"link\":[" + link + "]}").next()).isEmpty();
  }

  @Test
  void anEntryThatIsNoArrayIsStillAnEntry() throws Exception {
    Bundle bundle =
        bundle("{\"resourceType\":\"Bundle\",\"entry\":{\"resource\":%s}}".formatted(OBSERVATION));
    assertThat(bundle.resources()).extracting(Resource::type).containsExactly("Observation");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"fullUrl\":\"x\"}",
        "{\"resource\":null}",
        "{\"resource\":[]}",
        "null",
        "[]",
        "7"
      })
  void anEntryWithoutAResourceIsNotPassedOver(String entry) throws Exception {
    assertThat(bundle(entries("{\"resource\":" + OBSERVATION + "}", entry)))
        .satisfies(bundle -> assertThat(bundle.isHollow()).isTrue())
        .satisfies(bundle -> assertThat(bundle.resources()).hasSize(1));
    assertThat(bundle(entries("{\"resource\":" + OBSERVATION + "}")).isHollow()).isFalse();
    assertThat(bundle(entries()).isHollow()).isFalse();
  }

  @Test
  void ofAFieldThatIsThereTwiceBothAreTaken() throws Exception {
    Bundle bundle =
        bundle(
            "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":%s,\"resource\":%s}],\"entry\":[{\"resource\":%s}]}"
                .formatted(OBSERVATION, CONDITION, OBSERVATION));
    assertThat(bundle.resources())
        .extracting(Resource::type)
        .containsExactly("Observation", "Condition", "Observation");
  }

  @Test
  void anErrorBesideAnotherResourceOfTheSameEntryIsSeen() throws Exception {
    Bundle bundle =
        bundle(
            entries(
                "{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":{\"severity\":\"error\"}},\"resource\":"
                    + CONDITION
                    + "}"));
    assertThat(bundle.hasError()).isTrue();
    assertThat(bundle.resources()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"{\"value\":1,\"entry\":[]}", "[1,2]", "\"1\"", "1.0", "1e2", "null", "true"})
  void aTotalThatIsNoIntegerSaysNothing(String total) throws Exception {
    Bundle bundle =
        bundle(
            "{\"resourceType\":\"Bundle\",\"total\":%s,\"entry\":[{\"resource\":%s}]}"
                .formatted(total, OBSERVATION));
    assertThat(bundle.total()).isNull();
    assertThat(bundle.resources()).hasSize(1);
  }

  @Test
  void aTotalBeyondAllCountingIsMoreThanWasSent() throws Exception {
    assertThat(bundle("{\"resourceType\":\"Bundle\",\"total\":99999999999}").total())
        .isEqualTo(Integer.MAX_VALUE);
  }

  @Test
  void anInterruptEndsTheReadingOfALongBody() {
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> read(entries("{\"resource\":" + OBSERVATION + "}")))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void aBundleIsNotASingleResource() {
    byte[] bundle = "{\"resourceType\":\"Bundle\"}".getBytes(UTF_8);
    assertThatThrownBy(
            () -> PayloadReader.readResource(new ResourceBytes(bundle, 0, bundle.length)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String entries(String... entries) {
    return "{\"resourceType\":\"Bundle\",\"entry\":[" + String.join(",", entries) + "]}";
  }

  private static Bundle bundle(String json) throws InterruptedException {
    return (Bundle) read(json);
  }

  private static FhirPayload read(String json) throws InterruptedException {
    return PayloadReader.read(json.getBytes(UTF_8));
  }
}
