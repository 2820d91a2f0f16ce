package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.Caller.Answered;
import io.wholechart.access.AccessSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a signed token opens of a chart, from its scopes to the bytes of the answer. */
class TokenReadingIT {
  @TempDir Path directory;

  private TestIssuer issuer;
  private Caller caller;

  @Test
  void scopesPatientEmergencyAndBreakGlassComeOutOfTheToken() throws Exception {
    Path audit = Files.createDirectory(directory.resolve("audit"));
    Path secret = Files.writeString(directory.resolve("introspection"), "wholechart:s3cret");
    try (var tokens = TestIssuer.start();
        var hospital = LabelledHospital.start()) {
      issuer = tokens;
      var settings =
          TestSettings.of(
              audit,
              hospital.sources(),
              TestSettings.access(AccessSettings.Mode.OAUTH, TestIssuer.AUDIENCE),
              Map.of("hospital", tokens.settings(secret)));
      try (var service = Service.start(settings)) {
        caller = new Caller(service.port());
        everything(new Journal(audit));
      }
    }
  }

  private void everything(Journal journal) throws Exception {
    assertThat(ask("user/*.rs", "/patients/p-1").body())
        .contains("OPEN-CONDITION", "OPEN-RESULT")
        .doesNotContain("SECRET");
    assertThat(ask("user/Observation.rs", "/patients/p-1").body())
        .contains("OPEN-RESULT")
        .doesNotContain("OPEN-CONDITION");
    assertThat(ask("user/Appointment.rs", "/patients/p-1").status()).isEqualTo(403);
    assertThat(ask("patient/*.rs", "/patients/p-1").status()).isEqualTo(200);
    assertThat(ask("patient/*.rs", "/patients/p-2").status()).isEqualTo(403);
    assertThat(ask("patient/*.rs", "/patients/x-9").status()).isEqualTo(403);
    assertThat(ask("user/*.rs", "/patients/p-1?urgency=emergency").status()).isEqualTo(403);
    assertThat(ask("user/*.rs wholechart/emergency", "/patients/p-1?urgency=emergency").body())
        .doesNotContain("SECRET");
    String glass = SealedService.REASON;
    assertThat(ask("user/*.rs wholechart/emergency", "/patients/p-1", glass).status())
        .isEqualTo(403);
    Answered broken = ask("user/*.rs wholechart/break-glass", "/patients/p-1", glass);
    assertThat(broken.body()).contains(LabelledHospital.LABELLED.keySet());
    JsonNode record = journal.of(broken.requestId());
    assertThat(record.at("/purpose/purposeOfUse").asText()).isEqualTo("BTG");
    assertThat(record.at("/purpose/reason").asText()).isEqualTo(glass);
    assertThat(record.at("/agent/subject").asText()).isEqualTo("user-17");
    assertThat(record.path("names").toString()).contains("clinic/Procedure/proc-1");
  }

  private Answered ask(String scope, String path, String... glass) throws Exception {
    Map<String, Object> claims = issuer.claims();
    claims.put("scope", scope);
    if (scope.startsWith("patient/")) {
      claims.put("patient", "p-1");
    }
    List<String> headers =
        new ArrayList<>(List.of("Authorization", "Bearer " + issuer.token(claims)));
    for (String said : glass) {
      headers.addAll(List.of("X-Break-Glass", said));
    }
    return caller.send("GET", path, headers.toArray(String[]::new));
  }
}
