package io.wholechart.disclosure;

import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.Agent;
import io.wholechart.audit.AnswerGiven;
import io.wholechart.audit.AnswerGiven.Rating;
import io.wholechart.audit.AuditRecord;
import io.wholechart.audit.AuditRecord.Intent;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.audit.Purpose;
import io.wholechart.audit.SourceAccess;
import io.wholechart.audit.Stamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Records of a log, as tests need them. */
public final class Recordings {
  public static final String NODE = "node-one";
  public static final String DIGEST = "ab".repeat(32);
  static final Agent ANONYMOUS =
      new Agent(null, null, "anonymous", List.of(), null, null, "127.0.0.1");
  public static final Agent DOCTOR =
      new Agent(
          "https://login.example/realm",
          "u-17",
          "Dr. Roe",
          List.of("physician", "emergency"),
          "portal",
          "jti 1/2",
          "192.0.2.7");
  private static final Purpose TREATMENT = new Purpose("TREAT", "normal", "normal", null);
  public static final Purpose BROKEN_GLASS =
      new Purpose("BTG", "emergency", "emergency", "unconscious, no consent on file");

  private Recordings() {}

  public static Stamp at(String time) {
    return new Stamp(Instant.parse(time), 1, "00000001");
  }

  static AccessRequest request(String interaction, @Nullable String patient) {
    return new AccessRequest("r-1", null, ANONYMOUS, patient, interaction, TREATMENT);
  }

  public static AccessRequest request(
      String interaction, String patient, Agent agent, Purpose purpose) {
    return new AccessRequest("r-2", "0f".repeat(16), agent, patient, interaction, purpose);
  }

  /** Served whole. */
  public static Outcome whole(AccessRequest request) {
    var answer = new AnswerGiven(200, 1.0, null, Rating.SUCCESS, DIGEST, 4321);
    return outcome(request, answer, List.of(ok("ehr", 7), ok("lab", 3)));
  }

  static Outcome partial(AccessRequest request) {
    var answer = new AnswerGiven(200, 0.5, null, Rating.MINOR, DIGEST, 321);
    var late =
        new SourceAccess(
            "lab", request.patientId(), null, "timeout", null, null, 2000, 1, 0, 0, null);
    return outcome(request, answer, List.of(ok("ehr", 7), late));
  }

  static Outcome refused(AccessRequest request, int status, String problem) {
    Rating rating = status < 500 ? Rating.MINOR : Rating.SERIOUS;
    return outcome(request, new AnswerGiven(status, null, problem, rating, DIGEST, 99), List.of());
  }

  static Outcome outcome(AccessRequest request, AnswerGiven answer, List<SourceAccess> sources) {
    return new Outcome(
        at("2026-01-31T08:15:00.123Z"),
        3,
        request,
        sources,
        sources.isEmpty() ? Map.of() : Map.of("results", 3),
        answer,
        1);
  }

  private static SourceAccess ok(String name, int entries) {
    return new SourceAccess(name, "p-1001", null, "ok", 200, "match", 41, 1, entries, 2048, DIGEST);
  }

  public static Recorded recorded(AuditRecord record) {
    return new Recorded(NODE, 4, record);
  }

  public static Recorded interrupted(AccessRequest request) {
    return new Recorded(
        NODE,
        9,
        new Interrupted(at("2026-01-31T09:00:00Z"), 3),
        new Intent(at("2026-01-31T08:59:59Z"), request));
  }
}
