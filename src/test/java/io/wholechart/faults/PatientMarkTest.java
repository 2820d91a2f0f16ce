package io.wholechart.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.faults.PatientMark.Seen;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is there to find a mix-up finds one. */
class PatientMarkTest {
  private static final PatientMark OWN = new PatientMark(1_234_567);
  private static final PatientMark OTHER = new PatientMark(1_234_568);

  @ParameterizedTest
  @ValueSource(
      strings = {"ehr", "lab", "imaging", "Patient", "MedicationDispense", "MedicationRequest"})
  void everyAnswerIsFullOfItsPatientAndOfNobodyElse(String what) {
    RightAnswer answer = RightAnswer.to(what);

    Seen seen = OWN.lookThrough(answer.http(OWN));

    assertThat(seen.own()).isPositive();
    assertThat(seen.foreign()).isZero();
    assertThat(answer.http(OWN)).endsWith(bytes(answer.body(OWN)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ehr", "lab", "imaging", "Patient", "MedicationDispense", "MedicationRequest"})
  void everyValueOfAnotherPatientIsSeen(String what) {
    RightAnswer answer = RightAnswer.to(what);
    int values = OWN.lookThrough(answer.http(OWN)).own();

    assertThat(OWN.lookThrough(answer.http(OTHER))).isEqualTo(new Seen(0, values));
  }

  @Test
  void oneForeignValueInTheMiddleOfAChartIsSeen() {
    byte[] chart = RightAnswer.to("ehr").http(OWN);
    byte[] other = RightAnswer.to("ehr").http(OTHER);
    int values = OWN.lookThrough(chart).own();
    int at = new String(chart, StandardCharsets.US_ASCII).indexOf("vaccine zq-");
    System.arraycopy(other, at, chart, at, 20);

    assertThat(OWN.lookThrough(chart)).isEqualTo(new Seen(values - 1, 1));
  }

  @Test
  void aMarkThatBreaksOffIsNotTheOwnOne() {
    assertThat(OWN.lookThrough(bytes("zq-123456"))).isEqualTo(new Seen(0, 1));
    assertThat(OWN.lookThrough(bytes("zq-12345678"))).isEqualTo(new Seen(1, 0));
    assertThat(OWN.lookThrough(bytes("zq-1x34567"))).isEqualTo(new Seen(0, 1));
    assertThat(OWN.lookThrough(bytes("1.2.771.1234568"))).isEqualTo(new Seen(0, 1));
    assertThat(OWN.lookThrough(bytes("zz q-1 1.2.77 zq"))).isEqualTo(new Seen(0, 0));
  }

  @Test
  void onlySoManyBytesAreLookedThrough() {
    byte[] text = Arrays.copyOf(bytes("zq-1234567zq-1234568"), 20);

    assertThat(OWN.lookThrough(text, 10)).isEqualTo(new Seen(1, 0));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
