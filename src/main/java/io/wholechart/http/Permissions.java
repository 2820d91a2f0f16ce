package io.wholechart.http;

import io.wholechart.access.Caller;
import io.wholechart.access.Entitlement;
import io.wholechart.access.Permit;
import io.wholechart.access.Scopes;
import io.wholechart.access.Scopes.Action;
import io.wholechart.consent.BreakGlass;
import io.wholechart.consent.Consent;
import io.wholechart.consent.Grant;
import io.wholechart.consent.Grants;
import io.wholechart.consent.Types;
import io.wholechart.http.Problem.Kind;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import io.wholechart.patient.Urgency;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a caller may see of a patient's chart: by who they are, by what they ask, and by
 * what the patient and the site allow. Nobody has been asked about the patient by then, so that no
 * refusal tells whether there is one.
 *
 * <p>Being in a hurry and being allowed are two things. An emergency has its own entitlement and
 * changes deadlines; breaking the glass has another one and changes what is shown.
 */
final class Permissions {
  private static final String PATIENT = "Patient";

  private final ReadingRules rules;
  private final Set<Section> sections;
  private final Grants grants;
  private final Metrics metrics;

  /**
   * @param sections that any source is responsible for
   */
  Permissions(ReadingRules rules, Set<Section> sections, Metrics metrics) {
    this.rules = rules;
    this.sections = Set.copyOf(sections);
    this.grants = new Grants(rules.breakGlass().lasts());
    this.metrics = metrics;
  }

  /** Who somebody is, whichever of their tokens they show. */
  private record Identified(
      @Nullable String issuer, @Nullable String subject, String name, @Nullable String client) {
    static Identified of(Caller caller) {
      return new Identified(caller.issuer(), caller.subject(), caller.name(), caller.client());
    }
  }

  /** Whose pages are whose: what one permit shows, another must not find. */
  record Reader(Object who, Scopes scopes, @Nullable PatientId onlyPatient, String purpose) {
    static Reader of(Permit permit) {
      return new Reader(
          Identified.of(permit.caller()),
          permit.scopes(),
          permit.onlyPatient(),
          permit.purposeOfUse());
    }
  }

  /** Of one chart, for which the glass may be broken. */
  Permission of(PatientId patient, @Nullable Urgency urgency, Exchange exchange) {
    @Nullable Problem problem = problem(patient, urgency, exchange.permit());
    if (problem != null) {
      return new Permission.Refused(problem);
    }
    return switch (BreakGlass.of(exchange.breakGlass(), rules.breakGlass().codes())) {
      case BreakGlass.Unasked _ -> given(patient, exchange, standing(patient, exchange));
      case BreakGlass.Unfit(String what) -> {
        metrics.breakGlass("unfit");
        yield new Permission.Refused(Problem.of(Kind.BAD_BREAK_GLASS, what));
      }
      case BreakGlass.Asked asked -> {
        boolean isEntitled = exchange.permit().has(Entitlement.BREAK_GLASS);
        metrics.breakGlass(isEntitled ? "granted" : "refused");
        yield isEntitled
            ? given(patient, exchange, grants.give(who(exchange), patient, asked, exchange.at()))
            : new Permission.Refused(
                Problem.of(
                    Kind.NO_BREAK_GLASS,
                    "urgency=normal is open without it; what is withheld stays so"));
      }
    };
  }

  /** Of a chart among several, or of one that is still looked for: no glass is broken for those. */
  Permission unbroken(PatientId patient, Urgency urgency, Exchange exchange) {
    @Nullable Problem problem = problem(patient, urgency, exchange.permit());
    return problem == null ? given(patient, exchange, null) : new Permission.Refused(problem);
  }

  /** Why a request for several charts, or for somebody's, is refused as a whole; null if not. */
  @Nullable Problem problem(Urgency urgency, Exchange exchange) {
    if (!exchange.breakGlass().isEmpty()) {
      metrics.breakGlass("unfit");
      return Problem.of(
          Kind.BAD_BREAK_GLASS, "is for one patient, who is asked for by id and alone");
    }
    return problem(urgency, exchange.permit());
  }

  /** Why a Patient may not be read, or looked for; null if it may. */
  static @Nullable Problem problem(Action action, Exchange exchange) {
    return exchange.permit().scopes().may(PATIENT, action)
        ? null
        : Problem.of(Kind.INSUFFICIENT_SCOPE, "no scope is for this of the type Patient");
  }

  static Problem otherPatient() {
    return Problem.of(Kind.OTHER_PATIENT, "the token names the patient whom it is for");
  }

  private @Nullable Problem problem(PatientId patient, @Nullable Urgency urgency, Permit permit) {
    return permit.isFor(patient) ? problem(urgency, permit) : otherPatient();
  }

  private @Nullable Problem problem(@Nullable Urgency urgency, Permit permit) {
    if (urgency == Urgency.EMERGENCY && !permit.has(Entitlement.EMERGENCY)) {
      return Problem.of(Kind.NO_EMERGENCY, "urgency=normal is open");
    }
    return sections.stream().anyMatch(section -> isAny(section, types(permit.scopes())))
        ? null
        : Problem.of(Kind.INSUFFICIENT_SCOPE, "no scope is for anything that a chart is made of");
  }

  private static boolean isAny(Section section, Types types) {
    return types.areAll() || section.resourceTypes().stream().anyMatch(types::include);
  }

  private Permission given(PatientId patient, Exchange exchange, @Nullable Grant grant) {
    Permit permit = exchange.permit();
    return new Permission.Given(
        new Consent(
            types(permit.scopes()),
            rules.denials().get().of(patient),
            rules.policy().openTo().contains(permit.purposeOfUse()),
            grant != null,
            rules.policy()),
        grant);
  }

  /** What was granted before and holds still, for who is still entitled to it. */
  private @Nullable Grant standing(PatientId patient, Exchange exchange) {
    return exchange.permit().has(Entitlement.BREAK_GLASS)
        ? grants.find(who(exchange), patient, exchange.at()).orElse(null)
        : null;
  }

  private static Object who(Exchange exchange) {
    return Identified.of(exchange.permit().caller());
  }

  /** A chart is a search that reads; only the Patient is read by an id that the request names. */
  private static Types types(Scopes scopes) {
    return scopes.isAll()
        ? Types.ALL
        : type ->
            scopes.may(type, Action.READ)
                && (type.equals(PATIENT) || scopes.may(type, Action.SEARCH));
  }
}
