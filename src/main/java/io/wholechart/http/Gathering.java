package io.wholechart.http;

import io.wholechart.admission.Entry;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.aggregate.DeadlineSettings;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.audit.Recording;
import io.wholechart.consent.Grant;
import io.wholechart.crosswalk.Holder;
import io.wholechart.crosswalk.SearchedIdentifier;
import io.wholechart.http.Problem.Kind;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gathers a chart for a request when it is its turn, whichever route that came by. */
final class Gathering {
  private static final Log LOG = Log.of(Gathering.class);

  private final CallerLimits limits;
  private final Permissions permissions;
  private final Turns turns;
  private final PatientAggregator aggregator;
  private final DeadlineSettings deadlines;
  private final AuditTrail trail;

  Gathering(
      CallerLimits limits,
      Permissions permissions,
      Turns turns,
      PatientAggregator aggregator,
      DeadlineSettings deadlines,
      AuditTrail trail) {
    this.limits = limits;
    this.permissions = permissions;
    this.turns = turns;
    this.aggregator = aggregator;
    this.deadlines = deadlines;
    this.trail = trail;
  }

  /** What became of a request, for the answer and for the record of it. */
  record Gathered(Reply reply, Access access) {}

  /**
   * @param interaction the word for it in the audit log
   */
  Gathered gather(String interaction, PatientRequest request, Exchange exchange) {
    @Nullable Problem tooOften = limits.refusal(List.of(request.id()), request.urgency(), exchange);
    if (tooOften != null) {
      return new Gathered(new Reply.Failed(tooOften), unbegun(interaction, request));
    }
    return switch (permissions.of(request.id(), request.urgency(), exchange)) {
      case Permission.Refused(Problem problem) ->
          new Gathered(new Reply.Failed(problem), unbegun(interaction, request));
      case Permission.Given given -> gather(interaction, request, exchange, given);
    };
  }

  private Gathered gather(
      String interaction, PatientRequest request, Exchange exchange, Permission.Given given) {
    try {
      Duration left = deadlines.of(request.urgency()).minus(exchange.elapsed());
      return switch (turns.enter(request.urgency(), left)) {
        case Entry.Shed _ -> new Gathered(new Reply.Failed(shed()), unbegun(interaction, request));
        case Entry.Admitted _ -> gatherAdmitted(interaction, request, exchange, given);
      };
    } catch (InterruptedException e) {
      return new Gathered(new Reply.Failed(stopping()), unbegun(interaction, request));
    }
  }

  /** Whose number it is, or why that is not to be had. */
  sealed interface Search {
    /**
     * Somebody says so.
     *
     * @param intent under which it was asked for, and the chart is going to be
     */
    record Said(Holder holder, Recording intent) implements Search {}

    /**
     * It is not to be had.
     *
     * @param intent null where it did not come to asking
     */
    record Failed(Problem problem, @Nullable Recording intent) implements Search {}
  }

  /**
   * Looks for the patient of an identifier when it is the request's turn, which is the turn of
   * {@link #gatherBegun} then too.
   */
  Search search(
      String interaction, SearchedIdentifier identifier, Urgency urgency, Exchange exchange) {
    @Nullable Problem tooOften = limits.refusalOfSearch(urgency, exchange);
    if (tooOften != null) {
      return new Search.Failed(tooOften, null);
    }
    @Nullable Recording intent = null;
    try {
      Duration left = deadlines.of(urgency).minus(exchange.elapsed());
      return switch (turns.enter(urgency, left)) {
        case Entry.Shed _ -> new Search.Failed(shed(), null);
        case Entry.Admitted _ -> {
          intent = trail.begin(exchange, interaction, null, urgency, null);
          yield intent.isRefused()
              ? new Search.Failed(AuditedAnswers.unrecorded(), intent)
              : new Search.Said(
                  aggregator.holder(identifier, urgency, exchange.startNanos()), intent);
        }
      };
    } catch (InterruptedException e) {
      return new Search.Failed(stopping(), intent);
    }
  }

  /** Gathers one of several charts; the request has a place already. */
  Gathered gatherAdmitted(String interaction, PatientRequest request, Exchange exchange) {
    return switch (permissions.unbroken(request.id(), request.urgency(), exchange)) {
      case Permission.Refused(Problem problem) ->
          new Gathered(new Reply.Failed(problem), unbegun(interaction, request));
      case Permission.Given given -> gatherAdmitted(interaction, request, exchange, given);
    };
  }

  private Gathered gatherAdmitted(
      String interaction, PatientRequest request, Exchange exchange, Permission.Given given) {
    Recording intent =
        trail.begin(exchange, interaction, request.id(), request.urgency(), given.grant());
    return gatherBegun(interaction, request, exchange, given, intent);
  }

  /** Gathers the chart of who was found; the request has a place, and its intent is on its way. */
  Gathered gatherFound(
      String interaction, PatientRequest request, Exchange exchange, Recording intent) {
    limits.found(request.id(), request.urgency(), exchange);
    return switch (permissions.unbroken(request.id(), request.urgency(), exchange)) {
      case Permission.Refused(Problem problem) ->
          failed(problem, interaction, request, null, intent);
      case Permission.Given given -> gatherBegun(interaction, request, exchange, given, intent);
    };
  }

  private Gathered gatherBegun(
      String interaction,
      PatientRequest request,
      Exchange exchange,
      Permission.Given given,
      Recording intent) {
    @Nullable Grant grant = given.grant();
    if (intent.isRefused()) {
      return failed(AuditedAnswers.unrecorded(), interaction, request, grant, intent);
    }
    try {
      Aggregation aggregation =
          aggregator.aggregate(
              request.id(), request.urgency(), given.consent(), exchange.startNanos());
      return new Gathered(
          Reply.to(request, aggregation),
          new Access(interaction, request.id(), request.urgency(), aggregation, intent, grant));
    } catch (InterruptedException e) {
      return failed(stopping(), interaction, request, grant, intent);
    } catch (RuntimeException e) {
      return failed(failed(e, exchange), interaction, request, grant, intent);
    }
  }

  private static Gathered failed(
      Problem problem,
      String interaction,
      PatientRequest request,
      @Nullable Grant grant,
      Recording intent) {
    return new Gathered(
        new Reply.Failed(problem),
        new Access(interaction, request.id(), request.urgency(), null, intent, grant));
  }

  private static Problem stopping() {
    return Problem.of(Kind.SHUTTING_DOWN, "ask another node, or again later")
        .retryAfter(Duration.ofSeconds(5));
  }

  private static Problem shed() {
    return Problem.of(Kind.OVERLOADED, "no source was asked; ask again later, or another node")
        .retryAfter(Reply.RETRY);
  }

  /** A bug of ours. */
  static Problem failed(RuntimeException e, Exchange exchange) {
    LOG.error("request {} failed: {}", Safe.requestId(exchange.requestId()), Safe.cause(e));
    return Problem.of(Kind.INTERNAL, "the service failed; the request id finds it in its log");
  }

  private static Access unbegun(String interaction, PatientRequest request) {
    return Access.unbegun(interaction, request.id(), request.urgency());
  }
}
