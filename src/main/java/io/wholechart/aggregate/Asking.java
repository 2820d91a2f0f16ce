package io.wholechart.aggregate;

import io.wholechart.crosswalk.Crosswalk;
import io.wholechart.crosswalk.Resolution;
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
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One source, asked for one patient: its thread runs it, and when that has ended, well or by the
 * deadline, whoever gathers makes the report.
 *
 * <p>A source with one call makes it on this very thread; several have one each. Only where the
 * source has less time than the request, or several calls, is there a scope of its own.
 */
final class Asking implements Runnable {
  private final PatientSource source;
  private final Crosswalk crosswalk;
  private final PatientId id;
  private final Duration budget;
  private final Patience patience;
  private final boolean hasTheRequestsTime;
  private final long start = System.nanoTime();
  private @Nullable Resolution resolution;
  private List<Running> calls = List.of();
  private @Nullable Duration elapsed;

  /**
   * @param deadline how long the request may take
   * @param end when that is over, by {@link System#nanoTime}
   */
  Asking(
      PatientSource source,
      Crosswalk crosswalk,
      PatientId id,
      Urgency urgency,
      Duration deadline,
      long end) {
    this.source = source;
    this.crosswalk = crosswalk;
    this.id = id;
    this.budget = source.timeout(urgency, deadline);
    long own = start + budget.toNanos();
    this.hasTheRequestsTime = own - end >= 0;
    this.patience = new Patience(hasTheRequestsTime ? end : own, urgency);
    crosswalk.known(id, source.idSystem()).ifPresent(this::resolved); // most are
  }

  @Override
  public void run() {
    try {
      if (resolution == null) {
        resolved(resolve());
      }
      if (!hasTheRequestsTime) {
        FanOut.allBy(patience.left(System.nanoTime()), calls);
      } else if (calls.size() == 1) {
        calls.getFirst().run();
      } else {
        FanOut.all(calls); // until this thread is interrupted
      }
    } catch (InterruptedException e) {
      // The deadline. What is missing by then says so.
    } finally {
      elapsed = sinceStart();
    }
  }

  /** By which id the source is asked; the wait for it is the source's time. */
  private Resolution resolve() throws InterruptedException {
    return FanOut.inTime(
        () -> crosswalk.ask(id, source.idSystem(), patience), patience, budget, Asking::unresolved);
  }

  private void resolved(Resolution known) {
    if (known instanceof Resolution.Found(SourceId asked)) {
      calls = source.calls(asked).stream().map(c -> new Running(source, c, patience)).toList();
    }
    resolution = known;
  }

  /** What came of it; only after the thread that runs it has ended, or never began. */
  SourceReport report() {
    return switch (resolution) {
      case Resolution.Found(SourceId asked) -> report(asked);
      case Resolution.NoneThere _ -> unasked(new SourceResult.NotFound());
      case Resolution.Unresolved(var cause) -> unasked(new SourceResult.Failed(cause));
      case null -> unasked(new SourceResult.Failed(unresolved(FanOut.tooLate(budget)).cause()));
    };
  }

  private static Resolution.Unresolved unresolved(Failure failure) {
    return Resolution.unresolved("the cross-reference service " + failure.detail());
  }

  private SourceReport unasked(SourceResult result) {
    return report(result, 0, null, null, Received.NOTHING);
  }

  private SourceReport report(SourceId askedBy) {
    Ending timeout = new Ending.Broken(FanOut.tooLate(budget));
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
    return report(SourceAnswer.of(ended), attempts, asOf, askedBy, received);
  }

  private SourceReport report(
      SourceResult result,
      int attempts,
      @Nullable Instant asOf,
      @Nullable SourceId askedBy,
      Received received) {
    return new SourceReport(
        source.name(),
        source.sections(),
        result,
        Objects.requireNonNullElseGet(elapsed, this::sinceStart),
        attempts,
        asOf,
        askedBy,
        null,
        received);
  }

  private Duration sinceStart() {
    return Duration.ofNanos(System.nanoTime() - start);
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
        FanOut.tell(intake.source(), e);
        ending = Ending.broken(FailureReason.INVALID, "sent what could not be read");
      }
    }
  }
}
