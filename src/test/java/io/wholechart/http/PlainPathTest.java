package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainPathTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/patients/p-1001",
        "/patients/",
        "/fhir/Patient/p-1001/$everything",
        "/fhir/Patient/p-1001/%24everything",
        "/patients/p.1001",
        "/patients/...",
        "/patients/.p",
        "/patients/..p",
        "/patients/p.."
      })
  void isOneThatNamesOneThing(String path) {
    assertThat(PlainPath.is(path)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//",
        "//patients/p-1",
        "/patients//p-1",
        "/patients/./p-1",
        "/patients/../p-1",
        "/patients/..",
        "/patients/.",
        "/patients/%2e%2E/p-1",
        "/patients/.%2e/p-1",
        "/patients/%2e",
        "/patients%2fp-1",
        "/patients%2Fp-1",
        "/patients%5cp-1",
        "/patients\\p-1",
        "/patients/p-1%",
        "/patients/p-1%2",
        "/patients/p-1%zz"
      })
  void isNotOneThatCanBeReadInTwoWays(String path) {
    assertThat(PlainPath.is(path)).isFalse();
  }
}
