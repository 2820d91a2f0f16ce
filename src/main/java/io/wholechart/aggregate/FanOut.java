package io.wholechart.aggregate;

import io.wholechart.crosswalk.Crosswalk;
import io.wholechart.crosswalk.Holder;
import io.wholechart.crosswalk.Resolution;
import io.wholechart.crosswalk.SearchedIdentifier;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.SourceId;
import io.wholechart.patient.Urgency;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.Intake;
import io.wholechart.source.Patience;
import io.wholechart.source.PatientSource;
import io.wholechart.source.Received;
import io.wholechart.source.SourceAnswer;
import io.wholechart.source.SourceAnswer.Ended;
import io.wholechart.source.SourceCall;
import io.wholechart.source.SourceCall.Ending;
import io.wholechart.source.SourceReport;
import io.wholechart.source.SourceResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.StructuredTaskScope;
import java.util.concurrent.StructuredTaskScope.Joiner;
import java.util.concurrent.StructuredTaskScope.Subtask;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the calls of all sources at once, one virtual thread a call, and comes back by the deadline.
 *
 * <p>Two scopes, one in the other. The outer one has no timeout: when a scope's timeout strikes,
 * what its finished subtasks hold cannot be asked for any more, so a deadline there would throw
 * away the sources that made it. Each source has a scope of its own with what is left of its time;
 * when that strikes, its calls are interrupted, which closes their connections, and what their
 * intakes had by then is kept.
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
    try (var scope = StructuredTaskScope.open(Joiner.<SourceReport>awaitAll())) {
      List<Subtask<SourceReport>> asked = new ArrayList<>(sources.size());
      for (PatientSource source : sources) {
        asked.add(scope.fork(() -> ask(source, crosswalk, id, urgency, deadline, end)));
      }
      scope.join();
      return asked.stream().map(Subtask::get).toList();
    }
  }

  private static SourceReport ask(
      PatientSource source,
      Crosswalk crosswalk,
      PatientId id,
      Urgency urgency,
      Duration deadline,
      long end)
      throws InterruptedException {
    long start = System.nanoTime();
    Duration budget = source.timeout(urgency, deadline);
    long left = Math.min(budget.toNanos(), end - start);
    var patience = new Patience(start + left, urgency);
    return switch (resolve(source, crosswalk, id, patience, budget)) {
      case Resolution.Found(SourceId asked) -> {
        List<Running> calls =
            source.calls(asked).stream().map(c -> new Running(source, c, patience)).toList();
        run(calls, patience.left(System.nanoTime()));
        yield report(source, asked, calls, budget, Duration.ofNanos(System.nanoTime() - start));
      }
      case Resolution.NoneThere _ -> unasked(source, new SourceResult.NotFound(), start);
      case Resolution.Unresolved(var cause) ->
          unasked(source, new SourceResult.Failed(cause), start);
    };
  }

  /** By which id the source is asked; the wait for it is the source's time. */
  private static Resolution resolve(
      PatientSource source, Crosswalk crosswalk, PatientId id, Patience patience, Duration budget)
      throws InterruptedException {
    Optional<Resolution> known = crosswalk.known(id, source.idSystem());
    if (known.isPresent()) {
      return known.get(); // most are, and no scope is needed for it
    }
    return inTime(
        () -> crosswalk.ask(id, source.idSystem(), patience),
        patience,
        budget,
        failure -> Resolution.unresolved("the cross-reference service " + failure.detail()));
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
  private static <T> T inTime(
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
    return otherwise.apply(
        new Failure(FailureReason.TIMEOUT, "did not answer within " + budget.toMillis() + " ms"));
  }

  private static SourceReport unasked(PatientSource source, SourceResult result, long start) {
    var elapsed = Duration.ofNanos(System.nanoTime() - start);
    return new SourceReport(
        source.name(), source.sections(), result, elapsed, 0, null, null, null, Received.NOTHING);
  }

  private static void run(List<Running> calls, Duration left) throws InterruptedException {
    if (!left.isPositive()) {
      return;
    }
    try (var scope =
        StructuredTaskScope.open(Joiner.<Object>awaitAll(), config -> config.withTimeout(left))) {
      for (Running call : calls) {
        scope.fork(call);
      }
      scope.join();
    } catch (StructuredTaskScope.TimeoutException e) {
      // Closing the scope has waited for the calls to unwind, so their intakes are safe to read
      // now.
    }
  }

  private static SourceReport report(
      PatientSource source,
      SourceId askedBy,
      List<Running> calls,
      Duration budget,
      Duration elapsed) {
    var timeout =
        Ending.broken(FailureReason.TIMEOUT, "did not answer within " + budget.toMillis() + " ms");
    List<Ended> ended =
        calls.stream()
            .map(call -> new Ended(call.intake, Objects.requireNonNullElse(call.ending, timeout)))
            .toList();
    @Nullable Instant asOf =
        calls.stream()
            .map(call -> call.intake.asOf())
            .filter(Objects::nonNull)
            .min(Comparator.naturalOrder())
            .orElse(null);
    Received received =
        calls.stream().map(c -> c.intake.received()).reduce(Received.NOTHING, Received::and);
    int attempts = calls.stream().mapToInt(call -> call.intake.attempts()).max().orElse(0);
    return new SourceReport(
        source.name(),
        source.sections(),
        SourceAnswer.of(ended),
        elapsed,
        attempts,
        asOf,
        askedBy,
        null,
        received);
  }

  private static void tell(String source, Throwable e) {
    LOG.error("reading {} failed: {}", Safe.configured(source), Safe.cause(e));
  }

  /**
   * A call, and where its outcome is left for after the scope; without an ending it was cut off.
   */
  private static final class Running implements Runnable {
    private final SourceCall call;
    private final Intake intake;
    private @Nullable Ending ending;

    Running(PatientSource source, SourceCall call, Patience patience) {
      this.call = call;
      this.intake = new Intake(source.name(), patience);
    }

    @Override
    public void run() {
      try {
        ending = call.run(intake);
      } catch (InterruptedException e) {
        // The deadline. No ending says so.
      } catch (RuntimeException | StackOverflowError e) {
        // A bug of ours, and one source's bug must not take the other sources' answers along.
        tell(intake.source(), e);
        ending = Ending.broken(FailureReason.INVALID, "sent what could not be read");
      }
    }
  }
}
