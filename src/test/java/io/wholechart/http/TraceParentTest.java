package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String LEGAL = "00-" + TRACE + "-00f067aa0ba902b7-01";

  @Test
  void theTraceIsNamedByItsId() {
    assertThat(TraceParent.traceId(LEGAL)).isEqualTo(TRACE);
  }

  @Test
  void aLaterVersionMaySayMore() {
    assertThat(TraceParent.traceId("cc" + LEGAL.substring(2) + "-what-else")).isEqualTo(TRACE);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "00",
        "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-0x",
        "00-4bf92f3577b34da6a3ce929d0e0e473-00f067aa0ba902b7-011",
        "00_4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-more",
        "cc-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01more",
        "00-Miller, Anna, born 1970-01-01, of Boston-00f067aa0ba902b7-01"
      })
  void whatIsNoTraceParentNamesNone(String value) {
    assertThat(TraceParent.traceId(value)).isNull();
  }
}
