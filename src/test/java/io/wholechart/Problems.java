package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;

/** What is true of every problem document, whatever it is about. */
final class Problems {
  private Problems() {}

  static void assertProblem(Answered answered, int status, String kind) {
    assertThat(answered.status()).as(answered.body()).isEqualTo(status);
    assertThat(answered.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answered.header("Cache-Control")).isEqualTo("no-store");
    assertThat(answered.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(answered.header("X-Completeness")).isEmpty();
    JsonNode problem = answered.json();
    assertThat(problem.path("type").textValue()).isEqualTo("urn:wholechart:problem:" + kind);
    assertThat(problem.path("title").textValue()).isNotBlank();
    assertThat(problem.path("status").intValue()).isEqualTo(status);
    assertThat(problem.path("detail").textValue()).isNotBlank();
    assertThat(problem.path("requestId").textValue()).isEqualTo(answered.requestId());
    assertThat(answered.requestId()).matches("[A-Za-z0-9\\-]{1,64}");
    // Neither the patient who was asked for nor anything of theirs.
    assertThat(answered.body()).doesNotContain("p-1001", "p-9999", "Ellison", "Margaret");
  }
}
