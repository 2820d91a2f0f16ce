package io.wholechart.token;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.access.AccessSettings;
import io.wholechart.access.Caller;
import io.wholechart.access.Permit;
import io.wholechart.access.Refusal;
import io.wholechart.access.Scopes;
import io.wholechart.patient.PatientId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the claims of a token allow, once it is known that the issuer made them (RFC 9068, section
 * 2.2; SMART App Launch 2.2, "Scopes and Launch Context").
 */
final class Claims {
  /** HL7's extension of a token (SMART/UDAP B2B), and in it the codes that say what it is for. */
  private static final String PURPOSE = "/extensions/hl7-b2b/purpose_of_use";

  /** No second counts beyond: what is later than the year 9999 is a mistake. */
  private static final double LATEST = 253_402_300_799.0;

  private final IssuerSettings issuer;
  private final AccessSettings access;

  Claims(IssuerSettings issuer, AccessSettings access) {
    this.issuer = issuer;
    this.access = access;
  }

  /** Those of a JWT, which must be complete. */
  Verdict ofToken(ObjectNode claims, Instant now) {
    if (!issuer.issuer().equals(text(claims, "iss"))) {
      return Verdict.refused(Refusal.NOT_TRUSTED);
    }
    return claims.has("iat") && claims.has("jti")
        ? read(claims, now)
        : Verdict.refused(Refusal.MALFORMED);
  }

  /** Those that the issuer tells of a token when it is asked; who tells them is known then. */
  Verdict ofAnswer(ObjectNode claims, Instant now) {
    return !claims.has("iss") || issuer.issuer().equals(text(claims, "iss"))
        ? read(claims, now)
        : Verdict.refused(Refusal.NOT_TRUSTED);
  }

  private Verdict read(ObjectNode claims, Instant now) {
    if (claims.has("cnf")) {
      // Good only together with a key or a certificate of the caller's, which is not looked at.
      return Verdict.refused(Refusal.NOT_TRUSTED);
    }
    @Nullable Refusal untimely = times(claims, now);
    if (untimely != null) {
      return Verdict.refused(untimely);
    }
    if (!isForUs(claims.path("aud"))) {
      return Verdict.refused(Refusal.WRONG_AUDIENCE);
    }
    @Nullable Caller caller = caller(claims);
    @Nullable String purpose = purpose(claims.at(PURPOSE));
    JsonNode scope = claims.path("scope");
    if (caller == null || purpose == null || !(scope.isMissingNode() || scope.isTextual())) {
      return Verdict.refused(Refusal.MALFORMED);
    }
    return permitted(claims, caller, scope.asText(""), purpose);
  }

  private Verdict permitted(ObjectNode claims, Caller caller, String scope, String purpose) {
    Scopes scopes = Scopes.parse(scope);
    @Nullable PatientId patient = null;
    if (scopes.isOfOnePatient()) {
      @Nullable String id = text(claims, "patient");
      if (id == null || !PatientId.isLegal(id)) {
        return Verdict.refused(Refusal.NO_PATIENT);
      }
      patient = new PatientId(id);
    }
    List<String> words = new ArrayList<>(List.of(scope.split(" ", -1)));
    words.addAll(roles(claims));
    return new Verdict.Permitted(
        new Permit(caller, scopes, patient, access.entitlements().of(words), purpose),
        until(claims));
  }

  private Instant until(ObjectNode claims) {
    return instant(claims.get("exp")).plus(access.skew());
  }

  /** When it is good; null where now is in it. */
  private @Nullable Refusal times(ObjectNode claims, Instant now) {
    JsonNode exp = claims.path("exp");
    JsonNode nbf = claims.path("nbf");
    JsonNode iat = claims.path("iat");
    if (!isTime(exp) || !isTimeOrAbsent(nbf) || !isTimeOrAbsent(iat)) {
      return Refusal.MALFORMED;
    }
    Duration skew = access.skew();
    if (!now.isBefore(instant(exp).plus(skew))) {
      return Refusal.EXPIRED;
    }
    boolean isEarly =
        (!nbf.isMissingNode() && now.isBefore(instant(nbf).minus(skew)))
            || (!iat.isMissingNode() && now.isBefore(instant(iat).minus(skew)));
    return isEarly ? Refusal.NOT_YET_VALID : null;
  }

  private static boolean isTimeOrAbsent(JsonNode time) {
    return time.isMissingNode() || isTime(time);
  }

  private static boolean isTime(JsonNode time) {
    return time.isNumber() && time.doubleValue() >= 0 && time.doubleValue() <= LATEST;
  }

  private static Instant instant(JsonNode time) {
    return Instant.ofEpochSecond((long) time.doubleValue());
  }

  private boolean isForUs(JsonNode audience) {
    if (audience.isTextual()) {
      return audience.textValue().equals(access.audience());
    }
    boolean isForUs = false;
    for (JsonNode one : audience) {
      if (!one.isTextual()) {
        return false;
      }
      isForUs |= one.textValue().equals(access.audience());
    }
    return isForUs && audience.isArray();
  }

  private @Nullable Caller caller(ObjectNode claims) {
    @Nullable String subject = text(claims, "sub");
    if (subject == null
        || !isLegalOrAbsent(claims, "client_id")
        || !isLegalOrAbsent(claims, "azp")
        || !isLegalOrAbsent(claims, "jti")) {
      return null;
    }
    @Nullable String client = text(claims, "client_id");
    @Nullable String name = text(claims, issuer.nameIn());
    List<String> roles =
        roles(claims).stream()
            .filter(role -> Caller.isLegal(role, Caller.LONGEST_ROLE))
            .limit(Caller.MOST_ROLES)
            .toList();
    return new Caller(
        issuer.issuer(),
        subject,
        name == null ? subject : name,
        roles,
        client == null ? text(claims, "azp") : client, // Keycloak's word for it, and OpenID's
        text(claims, "jti"));
  }

  private List<String> roles(ObjectNode claims) {
    JsonNode at = claims;
    for (String level : issuer.rolesIn().split("\\.", -1)) {
      at = at.path(level);
    }
    List<String> roles = new ArrayList<>();
    for (JsonNode role : at) {
      if (role.isTextual()) {
        roles.add(role.textValue());
      }
    }
    return roles;
  }

  /**
   * The code of HL7's vocabulary, which stands behind {@code #} where its system is named too; what
   * the configuration says where there is none, and null where it is no code. Of several the first.
   */
  private @Nullable String purpose(JsonNode stated) {
    JsonNode first = stated.isArray() ? stated.path(0) : stated;
    if (first.isMissingNode()) {
      return issuer.purpose();
    }
    String text = first.asText("");
    String code = text.substring(text.lastIndexOf('#') + 1);
    return first.isTextual() && Permit.isPurpose(code) ? code : null;
  }

  private static boolean isLegalOrAbsent(ObjectNode claims, String name) {
    return !claims.has(name) || text(claims, name) != null;
  }

  /** A text that can be recorded; null where it is none. */
  private static @Nullable String text(ObjectNode claims, String name) {
    JsonNode value = claims.path(name);
    int longest = name.equals("iss") ? Caller.LONGEST_ISSUER : Caller.LONGEST_NAME;
    return value.isTextual() && Caller.isLegal(value.textValue(), longest)
        ? value.textValue()
        : null;
  }
}
