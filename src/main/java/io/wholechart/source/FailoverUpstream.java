package io.wholechart.source;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Asks the primary, and where it cannot be reached or fails, the next replica in the time that is
 * left. What a replica answers that another would answer alike (a 404, a 401, a redirect, a body
 * that cannot be read) is the answer.
 */
final class FailoverUpstream implements ReplicatedUpstream {
  private static final List<Integer> ONLY = List.of(0);

  private final List<Upstream> delegates;
  private final Replicas replicas;
  private final IntPredicate isOpen;
  private final LongSupplier ticker;
  private final Runnable onFailover;

  /**
   * @param delegates one a replica
   * @param isOpen whether a replica's breaker is
   */
  FailoverUpstream(
      List<Upstream> delegates,
      Replicas replicas,
      IntPredicate isOpen,
      LongSupplier ticker,
      Runnable onFailover) {
    this.delegates = List.copyOf(delegates);
    this.replicas = replicas;
    this.isOpen = isOpen;
    this.ticker = ticker;
    this.onFailover = onFailover;
  }

  /** As configured, but for those with an open breaker, which come last: for want of another. */
  @Override
  public List<Integer> order() {
    if (delegates.size() == 1) {
      return ONLY;
    }
    List<Integer> order = new ArrayList<>(delegates.size());
    IntStream.range(0, delegates.size()).filter(isOpen.negate()).forEach(order::add);
    IntStream.range(0, delegates.size()).filter(r -> !order.contains(r)).forEach(order::add);
    return order;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    return request.replica() == UpstreamRequest.ANY
        ? read(request, order())
        : ask(request, request.replica());
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request, List<Integer> order)
      throws InterruptedException {
    return read(request, order, null);
  }

  @Override
  public UpstreamAnswer readOn(
      UpstreamRequest request, List<Integer> others, UpstreamAnswer.Broken failed)
      throws InterruptedException {
    return read(request, others, failed);
  }

  private UpstreamAnswer read(
      UpstreamRequest request, List<Integer> order, UpstreamAnswer.@Nullable Broken before)
      throws InterruptedException {
    UpstreamRequest next = request;
    UpstreamAnswer.@Nullable Broken last = before;
    for (int replica : order) {
      if (last != null && !isOpenCircuit(last)) {
        if (!request.intake().patience().isTimeAfter(Duration.ZERO, ticker.getAsLong())) {
          return last;
        }
        onFailover.run();
        next = next.again();
      }
      UpstreamAnswer answer = ask(next.at(replicas.moved(request.url(), replica)), replica);
      if (!(answer instanceof UpstreamAnswer.Broken broken) || !broken.isOfReplica()) {
        return answer;
      }
      last = last != null && isOpenCircuit(broken) ? last : broken; // what happened tells more
    }
    return Objects.requireNonNull(last, "nobody to ask");
  }

  private UpstreamAnswer ask(UpstreamRequest request, int replica) throws InterruptedException {
    return switch (delegates.get(replica).read(request)) {
      case UpstreamAnswer.Answered answer when replica != 0 -> answer.from(replica);
      case UpstreamAnswer answer -> answer;
    };
  }

  private static boolean isOpenCircuit(UpstreamAnswer.Broken broken) {
    return broken.failure().reason() == FailureReason.CIRCUIT_OPEN;
  }
}
