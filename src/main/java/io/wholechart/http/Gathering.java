package io.wholechart.http;

import io.wholechart.admission.Entry;
import io.wholechart.aggregate.Aggregation;
import io.wholechart.aggregate.DeadlineSettings;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.crosswalk.Holder;
import io.wholechart.crosswalk.SearchedIdentifier;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers a chart for a request when it is its turn, whichever route that came by. */
final class Gathering {
  private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

  private final Turns turns;
  private final PatientAggregator aggregator;
  private final DeadlineSettings deadlines;

  Gathering(Turns turns, PatientAggregator aggregator, DeadlineSettings deadlines) {
    this.turns = turns;
    this.aggregator = aggregator;
    this.deadlines = deadlines;
  }

  /** What became of a request, for the answer and for the record of it. */
  record Gathered(Reply reply, Access access) {}

  /**
   * @param interaction the word for it in the audit log
   */
  Gathered gather(String interaction, PatientRequest request, Exchange exchange) {
    try {
      Duration left = deadlines.of(request.urgency()).minus(exchange.elapsed());
      return switch (turns.enter(request.urgency(), left)) {
        case Entry.Shed _ ->
            new Gathered(new Reply.Failed(shed()), access(interaction, request, null));
        case Entry.Admitted _ -> gatherAdmitted(interaction, request, exchange);
      };
    } catch (InterruptedException e) {
      return stopped(interaction, request);
    }
  }

  /** Whose number it is, or why that is not to be had. */
  sealed interface Search {
    record Said(Holder holder) implements Search {}

    record Failed(Problem problem) implements Search {}
  }

  /**
   * Looks for the patient of an identifier when it is the request's turn, which is the turn of
   * {@link #gatherAdmitted} then too.
   */
  Search search(SearchedIdentifier identifier, Urgency urgency, Exchange exchange) {
    try {
      Duration left = deadlines.of(urgency).minus(exchange.elapsed());
      return switch (turns.enter(urgency, left)) {
        case Entry.Shed _ -> new Search.Failed(shed());
        case Entry.Admitted _ ->
            new Search.Said(aggregator.holder(identifier, urgency, exchange.startNanos()));
      };
    } catch (InterruptedException e) {
      return new Search.Failed(stopping());
    }
  }

  /** Gathers for a request that has a place already. */
  Gathered gatherAdmitted(String interaction, PatientRequest request, Exchange exchange) {
    try {
      return served(interaction, request, exchange);
    } catch (InterruptedException e) {
      return stopped(interaction, request);
    } catch (RuntimeException e) {
      return new Gathered(
          new Reply.Failed(failed(e, exchange)), access(interaction, request, null));
    }
  }

  private static Gathered stopped(String interaction, PatientRequest request) {
    return new Gathered(new Reply.Failed(stopping()), access(interaction, request, null));
  }

  private static Problem stopping() {
    return Problem.of(Kind.SHUTTING_DOWN, "ask another node, or again later")
        .retryAfter(Duration.ofSeconds(5));
  }

  private Gathered served(String interaction, PatientRequest request, Exchange exchange)
      throws InterruptedException {
    Aggregation aggregation =
        aggregator.aggregate(request.id(), request.urgency(), exchange.startNanos());
    return new Gathered(Reply.to(request, aggregation), access(interaction, request, aggregation));
  }

  private static Problem shed() {
    return Problem.of(Kind.OVERLOADED, "no source was asked; ask again later, or another node")
        .retryAfter(Reply.RETRY);
  }

  /** A bug of ours. Its text may quote a payload, so only its type and place are told. */
  static Problem failed(RuntimeException e, Exchange exchange) {
    LOG.error(
        "request {} failed: {} at {}",
        exchange.requestId(),
        e.getClass().getName(),
        Arrays.stream(e.getStackTrace()).findFirst().orElse(null));
    return Problem.of(Kind.INTERNAL, "the service failed; the request id finds it in its log");
  }

  private static Access access(
      String interaction, PatientRequest request, @Nullable Aggregation aggregation) {
    return new Access(interaction, request.id(), request.urgency(), aggregation);
  }
}
