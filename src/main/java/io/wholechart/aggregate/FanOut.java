package io.wholechart.aggregate;

import io.wholechart.crosswalk.Crosswalk;
import io.wholechart.crosswalk.Holder;
import io.wholechart.crosswalk.SearchedIdentifier;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Urgency;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.Patience;
import io.wholechart.source.PatientSource;
import io.wholechart.source.SourceReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Configuration;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Runs the calls of all sources at once, one virtual thread a call, and comes back by the deadline.
 *
 * <p>The deadline is one scope's timeout. When that strikes, what the scope's finished subtasks
 * hold cannot be asked for any more, which would throw away the sources that made it. So what a
 * source says is left in its {@link Asking}, and what its calls had read by then is kept.
 */
final class FanOut {
  private static final Log LOG = Log.of(FanOut.class);

  private FanOut() {}

  /**
   * Asks every source; the reports are in the sources' order.
   *
   * @param since when the deadline began, by {@link System#nanoTime}: the request may have waited
   *     for its turn
   */
  static List<SourceReport> ask(
      List<PatientSource> sources,
      Crosswalk crosswalk,
      PatientId id,
      Urgency urgency,
      Duration deadline,
      long since)
      throws InterruptedException {
    long end = since + deadline.toNanos();
    List<Asking> all = new ArrayList<>(sources.size());
    for (PatientSource source : sources) {
      all.add(new Asking(source, crosswalk, id, urgency, deadline, end));
    }
    allBy(Duration.ofNanos(end - System.nanoTime()), all);
    return all.stream().map(Asking::report).toList();
  }

  /** Runs them at once; what is not done in time is interrupted, and has ended on return. */
  static void allBy(Duration left, List<? extends Runnable> tasks) throws InterruptedException {
    if (left.isPositive()) {
      try {
        all(tasks, config -> config.withTimeout(left));
      } catch (StructuredTaskScope.TimeoutException e) {
        // Closing the scope has waited for them to unwind, so what they left is safe to read now.
      }
    }
  }

  /** The same for as long as it takes, or until whoever waits for it is interrupted. */
  static void all(List<? extends Runnable> tasks) throws InterruptedException {
    all(tasks, UnaryOperator.identity());
  }

  private static void all(List<? extends Runnable> tasks, UnaryOperator<Configuration> limits)
      throws InterruptedException {
    try (var scope = StructuredTaskScope.open(Joiner.<Object>awaitAllSuccessfulOrThrow(), limits)) {
      tasks.forEach(scope::fork);
      scope.join();
    }
  }

  /** Whose number it is, by the deadline; the arguments are those of {@link #ask}. */
  static Holder holder(
      Crosswalk crosswalk,
      SearchedIdentifier identifier,
      Urgency urgency,
      Duration deadline,
      long since)
      throws InterruptedException {
    var patience = new Patience(since + deadline.toNanos(), urgency);
    return inTime(
        () -> crosswalk.holder(identifier, patience), patience, deadline, Holder.Unresolved::new);
  }

  /** The crosswalk's answer; what it is where there is none, by the failure of its service. */
  static <T> T inTime(
      Callable<T> ask, Patience patience, Duration budget, Function<Failure, T> otherwise)
      throws InterruptedException {
    Duration left = patience.left(System.nanoTime());
    if (left.isPositive()) {
      try (var scope =
          StructuredTaskScope.open(
              Joiner.<T>allSuccessfulOrThrow(), config -> config.withTimeout(left))) {
        Subtask<T> asked = scope.fork(ask);
        scope.join();
        return asked.get();
      } catch (StructuredTaskScope.TimeoutException e) {
        // said below
      } catch (StructuredTaskScope.FailedException e) {
        tell("the crosswalk", Objects.requireNonNullElse(e.getCause(), e));
        return otherwise.apply(new Failure(FailureReason.INVALID, "sent what could not be read"));
      }
    }
    return otherwise.apply(tooLate(budget));
  }

  static Failure tooLate(Duration budget) {
    return new Failure(FailureReason.TIMEOUT, "did not answer within " + budget.toMillis() + " ms");
  }

  static void tell(String source, Throwable e) {
    LOG.error("reading {} failed: {}", Safe.configured(source), Safe.cause(e));
  }
}
