package io.wholechart.consent;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DenialsTest {
  @Test
  void patientsAndSectionsOfPatientsAreDenied() {
    Denials denials =
        whole(
            """
            # from the consent system
            patient,section

            p-1
            p-2,results
             p-2 , imaging
            p-3,
            p-4,results
            p-4
            """);
    assertThat(denials.of(new PatientId("p-1"))).isEqualTo(Denied.EVERYTHING);
    assertThat(denials.of(new PatientId("p-2")))
        .isEqualTo(new Denied(false, Set.of(Section.RESULTS, Section.IMAGING)));
    assertThat(denials.of(new PatientId("p-3"))).isEqualTo(Denied.EVERYTHING);
    assertThat(denials.of(new PatientId("p-4"))).isEqualTo(Denied.EVERYTHING);
    assertThat(denials.of(new PatientId("p-5"))).isEqualTo(Denied.NOTHING);
    assertThat(denials.size()).isEqualTo(4);
  }

  @Test
  void aListOfNobodyIsOne() {
    assertThat(whole("patient,section\n").size()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          '',                               1, 'is the end of a file without the header patient,section'
          '# nothing',                      2, 'is the end of a file without the header patient,section'
          'p-1,results',                    1, 'must be the header patient,section'
          'patient,section|p 1',            2, 'has no patient id of 1 to 64 letters, digits, ''.'' or ''-'''
          'patient,section|p-1|,results',   3, 'has no patient id of 1 to 64 letters, digits, ''.'' or ''-'''
          """)
  void whatIsNoListIsRefusedByItsLine(String text, int line, String problem) {
    assertThat(Denials.parse(text.replace('|', '\n').lines().toList()))
        .isEqualTo(new Denials.Parsed.Unfit(line, problem));
  }

  @Test
  void aSectionThatThereIsNotIsRefusedByName() {
    assertThat(Denials.parse("patient,section\np-1,result".lines().toList()))
        .isInstanceOfSatisfying(
            Denials.Parsed.Unfit.class,
            unfit -> assertThat(unfit.problem()).contains("results").doesNotContain("p-1"));
  }

  private static Denials whole(String text) {
    return ((Denials.Parsed.Whole) Denials.parse(text.lines().toList())).denials();
  }
}
