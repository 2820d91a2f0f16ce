package io.wholechart;

import io.wholechart.access.Authentication;
import io.wholechart.access.Authenticator;
import io.wholechart.access.Caller;
import io.wholechart.access.Entitlement;
import io.wholechart.access.Permit;
import io.wholechart.access.Refusal;
import io.wholechart.access.Scopes;
import io.wholechart.patient.PatientId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Callers who are known by their name alone: {@code Bearer nurse}. */
final class Permits implements Authenticator {
  static final Permits ALL = new Permits();

  private final Map<String, Permit> permits =
      Map.of(
          "nurse", permit("nurse", "user/*.rs", null, Set.of()),
          "medic", permit("medic", "user/*.rs", null, Set.of(Entitlement.EMERGENCY)),
          "doctor",
              permit(
                  "doctor",
                  "user/*.rs",
                  null,
                  Set.of(Entitlement.EMERGENCY, Entitlement.BREAK_GLASS)),
          "consultant", permit("consultant", "user/*.rs", null, Set.of(Entitlement.BREAK_GLASS)),
          "laboratory", permit("laboratory", "user/Observation.rs", null, Set.of()),
          "labdoctor",
              permit("labdoctor", "user/Observation.rs", null, Set.of(Entitlement.BREAK_GLASS)),
          "scheduler", permit("scheduler", "user/Appointment.rs", null, Set.of()),
          "patient", permit("patient", "patient/*.rs", new PatientId("p-1"), Set.of()),
          "launched",
              permit(
                  "launched",
                  "patient/*.rs",
                  new PatientId("p-1"),
                  Set.of(Entitlement.EMERGENCY, Entitlement.BREAK_GLASS)),
          "payer",
              new Permit(caller("payer"), Scopes.parse("user/*.rs"), null, Set.of(), "HPAYMT"));

  private Permits() {}

  @Override
  public Authentication authenticate(List<String> authorization) {
    String name =
        authorization.size() == 1 ? authorization.getFirst().replaceFirst("Bearer ", "") : "";
    Permit permit = permits.get(name);
    return permit == null
        ? new Authentication.Refused(Refusal.values()[0])
        : new Authentication.Accepted(permit);
  }

  @Override
  public boolean isOpen() {
    return false;
  }

  private static Permit permit(
      String name, String scopes, @Nullable PatientId only, Set<Entitlement> entitlements) {
    return new Permit(caller(name), Scopes.parse(scopes), only, entitlements, Permit.TREATMENT);
  }

  private static Caller caller(String name) {
    return new Caller("https://id.example", name, name, List.of(), "app", null);
  }
}
