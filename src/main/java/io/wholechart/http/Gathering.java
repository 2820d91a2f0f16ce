package io.wholechart.http;

import io.wholechart.aggregate.Aggregation;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.http.Problem.Kind;
import java.time.Duration;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gathers a chart for a request, whichever route that came by. */
final class Gathering {
  private static final Logger LOG = LoggerFactory.getLogger(Gathering.class);

  private final PatientAggregator aggregator;

  Gathering(PatientAggregator aggregator) {
    this.aggregator = aggregator;
  }

  /** What became of a request, for the answer and for the record of it. */
  record Gathered(Reply reply, Access access) {}

  /**
   * @param interaction the word for it in the audit log
   */
  Gathered gather(String interaction, PatientRequest request, Exchange exchange) {
    try {
      Aggregation aggregation = aggregator.aggregate(request.id(), request.urgency());
      return new Gathered(
          Reply.to(request, aggregation), access(interaction, request, aggregation));
    } catch (InterruptedException e) {
      var problem = Problem.of(Kind.SHUTTING_DOWN, "ask another node, or again later");
      return new Gathered(
          new Reply.Failed(problem.retryAfter(Duration.ofSeconds(5))),
          access(interaction, request, null));
    } catch (RuntimeException e) {
      return new Gathered(
          new Reply.Failed(failed(e, exchange)), access(interaction, request, null));
    }
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
