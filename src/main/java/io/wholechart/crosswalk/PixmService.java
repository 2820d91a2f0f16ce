package io.wholechart.crosswalk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wholechart.fhir.NotFoundOutcome;
import io.wholechart.fhir.TargetIdentifiers;
import io.wholechart.patient.Identifier;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.Patience;
import io.wholechart.source.ServiceReads;
import java.net.URLEncoder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A cross-reference service: IHE PIXm, Get Corresponding Identifiers (ITI-83). */
final class PixmService {
  private static final String ACCEPT = "application/fhir+json";
  private static final int LARGEST = 256 * 1024;

  /** What it has in one system for a number of another. */
  sealed interface Counterpart {
    record One(String value) implements Counterpart {}

    record Several() implements Counterpart {}

    /** It knows the number, and that nothing corresponds to it. */
    record None() implements Counterpart {}

    /**
     * It does not know the number.
     *
     * @param isSaid whether in FHIR's words, and not by a status alone that a proxy may have given
     */
    record Unknown(boolean isSaid) implements Counterpart {}

    record Broken(Failure cause) implements Counterpart {}
  }

  private final ServiceReads reads;
  private final String operation;

  PixmService(ServiceReads reads, String base) {
    this.reads = reads;
    this.operation = base.replaceFirst("/$", "") + "/Patient/$ihe-pix";
  }

  Counterpart counterpart(String system, String value, String targetSystem, Patience patience)
      throws InterruptedException {
    String url =
        operation
            + "?sourceIdentifier="
            + URLEncoder.encode(system + "|" + value, UTF_8)
            + "&targetSystem="
            + URLEncoder.encode(targetSystem, UTF_8);
    return switch (reads.get(url, ACCEPT, LARGEST, patience)) {
      case ServiceReads.Answer.Broken(var failure) -> new Counterpart.Broken(failure);
      case ServiceReads.Answer.Answered(int status, _, byte[] body)
          when status == 404 || status == 410 ->
          new Counterpart.Unknown(status == 404 && NotFoundOutcome.is(body));
      case ServiceReads.Answer.Answered(_, String mediaType, byte[] body) ->
          mediaType.endsWith("json")
              ? TargetIdentifiers.read(body)
                  .map(identifiers -> only(identifiers, targetSystem))
                  .orElseGet(() -> invalid("sent what are no FHIR Parameters"))
              : invalid("answered with what is not FHIR JSON");
    };
  }

  /** The one id of the system; one that is said twice is one. */
  private static Counterpart only(List<Identifier> identifiers, String system) {
    if (identifiers.isEmpty()) {
      return new Counterpart.None();
    }
    Set<String> values = new HashSet<>();
    for (Identifier identifier : identifiers) {
      if (system.equals(identifier.system())) {
        values.add(identifier.value());
      }
    }
    return switch (values.size()) {
      case 0 -> invalid("answered with ids of other systems alone");
      case 1 -> new Counterpart.One(values.iterator().next());
      default -> new Counterpart.Several();
    };
  }

  static Counterpart.Broken invalid(String what) {
    return new Counterpart.Broken(new Failure(FailureReason.INVALID, what));
  }
}
