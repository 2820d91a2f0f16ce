package io.wholechart.completeness;

import static io.wholechart.Charts.entry;
import static io.wholechart.Charts.failure;
import static io.wholechart.Charts.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.completeness.SectionCompleteness.NoneKnown;
import io.wholechart.completeness.SectionCompleteness.NoneRecorded;
import io.wholechart.completeness.SectionCompleteness.Present;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.Section;
import io.wholechart.source.FailureReason;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.lang.reflect.Constructor;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** That an empty section cannot be said while a source is missing, not even by mistake. */
class WholeSectionTest {
  private static final SourceReport WHOLE =
      report("ehr", Set.of(Section.ALLERGIES), new SourceResult.Complete(List.of()));
  private static final SourceReport SILENT =
      report(
          "gp", Set.of(Section.ALLERGIES), new SourceResult.Failed(failure(FailureReason.TIMEOUT)));

  @Test
  void onlyTheReportsOfAllSourcesYieldTheProof() {
    assertThat(Coverage.of(Section.ALLERGIES, List.of(WHOLE), List.of()))
        .isInstanceOf(Coverage.Whole.class);
    assertThat(Coverage.of(Section.ALLERGIES, List.of(WHOLE, SILENT), List.of()))
        .isInstanceOf(Coverage.Lacking.class);
    assertThat(Coverage.of(Section.RESULTS, List.of(WHOLE), List.of()))
        .isInstanceOf(Coverage.Lacking.class); // nobody answers for it
  }

  @Test
  void nobodyElseCanMakeIt() {
    for (Class<?> kind : List.of(Coverage.class, Coverage.Whole.class, Coverage.Lacking.class)) {
      for (Constructor<?> constructor : kind.getDeclaredConstructors()) {
        assertThat(Modifier.isPrivate(constructor.getModifiers())).as(kind.getName()).isTrue();
      }
    }
    assertThat(Modifier.isFinal(Coverage.Whole.class.getModifiers())).isTrue();
    List<Method> factories =
        Arrays.stream(Coverage.class.getDeclaredMethods())
            .filter(method -> Modifier.isStatic(method.getModifiers()))
            .filter(method -> Coverage.class.isAssignableFrom(method.getReturnType()))
            .toList();
    assertThat(factories).singleElement().returns("of", Method::getName);
  }

  @Test
  void everyStateThatCallsASectionWholeTakesTheProof() {
    for (Class<?> state : SectionCompleteness.class.getPermittedSubclasses()) {
      Class<?>[] takes = state.getDeclaredConstructors()[0].getParameterTypes();
      boolean isEmptyOrWhole =
          state == NoneKnown.class || state == NoneRecorded.class || state == Present.class;
      assertThat(takes)
          .as(state.getName())
          .containsExactly(isEmptyOrWhole ? Coverage.Whole.class : Coverage.Lacking.class);
    }
  }

  @Test
  void whereThereAreEntriesTheProofDoesNotMakeThemNone() {
    var peanut = entry("ehr", "{\"resourceType\":\"AllergyIntolerance\"}");
    var whole =
        (Coverage.Whole)
            Coverage.of(
                Section.ALLERGIES, List.of(WHOLE), List.of(new MergedEntry(List.of(peanut))));
    assertThatThrownBy(() -> new NoneRecorded(whole)).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NoneKnown(whole)).isInstanceOf(IllegalArgumentException.class);
    assertThat(SectionCompleteness.of(whole)).isInstanceOf(Present.class);
  }

  @Test
  void theProofOfOneSectionIsNoneOfAnother() {
    var whole = SectionCompleteness.of(Coverage.of(Section.ALLERGIES, List.of(WHOLE), List.of()));
    assertThatThrownBy(() ->
            new Completeness(Map.of(Section.RESULTS, whole), List.of("ehr"), List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
