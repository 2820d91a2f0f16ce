package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AotCacheTest {
  @Test
  void aCacheThatTheJvmTookIsNotWorthALine() {
    assertThat(AotCache.refusal("lib/wholechart.aot", "mixed mode, sharing")).isEmpty();
  }

  @Test
  void aCacheThatTheJvmRefusedIsWorthOne() {
    assertThat(AotCache.refusal("lib/wholechart.aot", "mixed mode"))
        .hasValueSatisfying(line -> assertThat(line).contains("AOT cache").doesNotContain("\n"));
  }

  @Test
  void whereNoneWasOfferedNothingIsSaid() {
    assertThat(AotCache.refusal(null, "mixed mode")).isEmpty();
  }
}
