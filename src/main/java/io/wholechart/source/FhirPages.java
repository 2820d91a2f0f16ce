package io.wholechart.source;

import io.wholechart.fhir.Bounds;
import io.wholechart.fhir.FhirPayload;
import io.wholechart.fhir.FhirPayload.Problem;
import io.wholechart.fhir.PayloadReader;
import io.wholechart.source.SourceCall.Ending;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.HashSet;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads a FHIR searchset page by page until there is no next one (R4, section 3.1.1.5.3). */
final class FhirPages implements SourceCall {
  private static final String ACCEPT = "application/fhir+json";
  private static final Ending WHOLE = new Ending.Whole();

  private final Upstream upstream;
  private final Replicas replicas;
  private final String first;
  private final Limits limits;
  private final WithoutPatient withoutPatient;

  // The state of the one run that this object is made for.
  private final Set<String> visited = new HashSet<>();
  private int bytesLeft;
  private int matched;
  private int entries;
  private int patients;
  private @Nullable String shortcoming;

  /** What an answer without a Patient in it means. */
  enum WithoutPatient {
    /** Nothing: it was not asked for. */
    IS_FINE,
    /** A search by its id found none: the source does not know the patient. */
    IS_NOT_FOUND,
    /**
     * A chart always holds its Patient, so this one is not whole, however well-formed and empty.
     */
    IS_BROKEN
  }

  /**
   * How much is read.
   *
   * @param maxBytes over all pages
   */
  record Limits(int maxPages, int maxBytes, Bounds payload) {}

  FhirPages(
      Upstream upstream,
      Replicas replicas,
      String first,
      Limits limits,
      WithoutPatient withoutPatient) {
    this.upstream = upstream;
    this.replicas = replicas;
    this.first = first;
    this.limits = limits;
    this.withoutPatient = withoutPatient;
    this.bytesLeft = limits.maxBytes();
  }

  @Override
  public Ending run(Intake intake) throws InterruptedException {
    @Nullable String url = first;
    int replica = UpstreamRequest.ANY;
    for (int page = 1; url != null; page++) {
      if (page > limits.maxPages()) {
        return Ending.broken(FailureReason.PARTIAL, "has more pages than maxPages allows");
      }
      if (!visited.add(url)) {
        return Ending.broken(FailureReason.PARTIAL, "links its pages in a circle");
      }
      var request = new UpstreamRequest(url, ACCEPT, bytesLeft, intake);
      switch (upstream.read(request.only(replica))) {
        case UpstreamAnswer.Broken(var failure, _) -> {
          return new Ending.Broken(failure);
        }
        case UpstreamAnswer.Answered answer -> {
          bytesLeft -= answer.body().length;
          switch (page(answer, intake)) {
            case Page.Next(String next, int holder) -> {
              url = next;
              replica = holder;
            }
            case Page.Last _ -> url = null;
            case Page.Stop(Ending ending) -> {
              return ending;
            }
          }
        }
      }
    }
    return ending();
  }

  /** What comes after a page. */
  private sealed interface Page {
    /**
     * @param replica who has it
     */
    record Next(String url, int replica) implements Page {}

    record Last() implements Page {}

    record Stop(Ending ending) implements Page {}
  }

  private Page page(UpstreamAnswer.Answered answer, Intake intake) throws InterruptedException {
    if (!answer.mediaType().endsWith("json")) {
      return unfit(answer, "answered with what is not FHIR JSON");
    }
    return switch (PayloadReader.read(answer.body(), limits.payload(), entries)) {
      case FhirPayload.Unreadable(var problem) when problem == Problem.TOO_MANY ->
          stop(FailureReason.OVER_LIMIT, "sent a body that " + problem.words());
      case FhirPayload.Unreadable(var problem) ->
          unfit(answer, "sent a body that " + problem.words());
      case FhirPayload.Single(var resource) when resource.type().equals("OperationOutcome") ->
          // Only FHIR's own word for it makes a 404 an answer: a wrong path or a proxy gives one
          // too.
          answer.status() == 404 || answer.status() == 410
              ? new Page.Stop(notFound(answer.status()))
              : stop(FailureReason.ERROR, "answered with an OperationOutcome instead of a Bundle");
      case FhirPayload.Single _ ->
          unfit(answer, "answered with a single resource instead of a Bundle");
      case FhirPayload.Bundle _ when answer.status() >= 300 -> unfit(answer, "");
      case FhirPayload.Bundle bundle -> take(bundle, answer, intake);
    };
  }

  /** No FHIR: where it says by its status that it failed, that is what happened. */
  private static Page unfit(UpstreamAnswer.Answered answer, String problem) {
    return answer.status() >= 300
        ? stop(FailureReason.ERROR, "answered HTTP " + answer.status())
        : stop(FailureReason.INVALID, problem);
  }

  private Ending notFound(int status) {
    if (visited.size() > 1) { // what is not there any more is the page, not the patient
      return Ending.broken(FailureReason.PARTIAL, "does not find a further page that it linked");
    }
    return withoutPatient == WithoutPatient.IS_FINE
        ? new Ending.NotServed(
            new Failure(FailureReason.ERROR, "answered HTTP " + status + " to a search"))
        : new Ending.NotFound();
  }

  private Page take(FhirPayload.Bundle bundle, UpstreamAnswer.Answered answer, Intake intake) {
    intake.add(bundle.resources(), answer.at());
    entries += bundle.resources().size();
    matched += bundle.resources().size() - bundle.included();
    patients += (int) bundle.resources().stream().filter(r -> r.type().equals("Patient")).count();
    if (bundle.hasError()) {
      shortcoming = "says itself that something went wrong (OperationOutcome)";
    } else if (bundle.isHollow()) {
      shortcoming = "sent entries without their resources";
    } else if (bundle.isSubsetted()) {
      shortcoming = "says itself that elements are left out (SUBSETTED)";
    } else if (bundle.next() == null && bundle.total() != null && bundle.total() > matched) {
      shortcoming = "sent " + matched + " of the " + bundle.total() + " that it counts";
    }
    if (bundle.next() == null) {
      return new Page.Last();
    }
    if (bundle.next().isEmpty()) {
      return stop(FailureReason.PARTIAL, "has a next page and does not say where");
    }
    return next(bundle.next(), answer.replica());
  }

  private Ending ending() {
    if (shortcoming != null) {
      return Ending.broken(FailureReason.PARTIAL, shortcoming);
    }
    if (patients > 0) {
      return WHOLE;
    }
    return switch (withoutPatient) {
      case IS_FINE -> WHOLE;
      case IS_NOT_FOUND -> new Ending.NotFound();
      case IS_BROKEN -> Ending.broken(FailureReason.PARTIAL, "sent a chart without its Patient");
    };
  }

  /**
   * Where a link leads: to who gave it or to another replica, and never to a server that was not
   * configured.
   */
  private Page next(String link, int giver) {
    try { // below the base, not beside it
      URI url = URI.create(replicas.base(giver) + "/").resolve(new URI(link));
      OptionalInt holder = replicas.at(url, giver);
      return holder.isPresent()
          ? new Page.Next(url.toASCIIString().replaceFirst("#.*", ""), holder.getAsInt())
          : stop(FailureReason.PARTIAL, "links its next page to another origin");
    } catch (URISyntaxException | IllegalArgumentException e) {
      return stop(FailureReason.PARTIAL, "links its next page to another origin");
    }
  }

  private static Page stop(FailureReason reason, String detail) {
    return new Page.Stop(Ending.broken(reason, detail));
  }
}
