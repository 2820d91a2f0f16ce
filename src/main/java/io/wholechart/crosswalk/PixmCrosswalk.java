package io.wholechart.crosswalk;

import io.wholechart.crosswalk.Answers.Question;
import io.wholechart.crosswalk.PixmService.Counterpart;
import io.wholechart.crosswalk.Resolution.Found;
import io.wholechart.crosswalk.Resolution.NoneThere;
import io.wholechart.fhir.PatientAuthor;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.SourceId;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.Patience;
import io.wholechart.source.ServiceReads;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Ids out of a PIXm service's answers. */
final class PixmCrosswalk implements Crosswalk {
  private final PixmService service;
  private final String callersSystem;
  private final Answers answers;
  private final LongSupplier ticker;
  private final Metrics metrics;

  PixmCrosswalk(
      PixmService service,
      String callersSystem,
      Answers answers,
      LongSupplier ticker,
      Metrics metrics) {
    this.service = service;
    this.callersSystem = callersSystem;
    this.answers = answers;
    this.ticker = ticker;
    this.metrics = metrics;
  }

  static PixmCrosswalk open(
      CrosswalkSettings settings, Duration longest, InstantSource clock, Metrics metrics)
      throws IOException {
    LongSupplier ticker = System::nanoTime;
    metrics.watchCrosswalk(() -> true); // no table here that could be out of date
    var reads =
        new ServiceReads(
            "crosswalk",
            settings.maxConcurrentCalls(),
            longest,
            settings.auth(),
            settings.connection(),
            clock);
    return new PixmCrosswalk(
        new PixmService(reads, Objects.requireNonNull(settings.url()).toString()),
        Objects.requireNonNull(settings.system()),
        new Answers(settings.cacheEntries(), settings.cacheAge(), ticker),
        ticker,
        metrics);
  }

  @Override
  public Optional<Resolution> known(PatientId id, @Nullable String idSystem) {
    return idSystem == null || idSystem.equals(callersSystem)
        ? Optional.of(new Found(SourceId.same(id, idSystem)))
        : answers.to(new Question(id.value(), idSystem));
  }

  @Override
  public Resolution ask(PatientId id, @Nullable String idSystem, Patience patience)
      throws InterruptedException {
    if (idSystem == null) {
      return new Found(SourceId.same(id, null));
    }
    long start = ticker.getAsLong();
    String outcome = "timeout";
    try {
      Resolution answer =
          resolution(service.counterpart(callersSystem, id.value(), idSystem, patience), idSystem);
      outcome =
          switch (answer) {
            case Found _ -> "found";
            case NoneThere _ -> "none";
            case Resolution.Unresolved _ -> "unresolved";
          };
      if (!(answer instanceof Resolution.Unresolved)) { // a failure is over sooner
        answers.keep(new Question(id.value(), idSystem), answer);
      }
      return answer;
    } finally {
      measure(outcome, start);
    }
  }

  private static Resolution resolution(Counterpart counterpart, String idSystem) {
    return switch (counterpart) {
      case Counterpart.One(String value) ->
          SourceId.isLegal(value)
              ? new Found(new SourceId(idSystem, value))
              : unresolved("has an id of it that is none");
      case Counterpart.None _ -> new NoneThere();
      case Counterpart.Several _ -> unresolved("has more than one id of it");
      case Counterpart.Unknown _ -> unresolved("does not know the patient");
      case Counterpart.Broken(Failure cause) -> unresolved(cause.detail());
    };
  }

  private static Resolution unresolved(String what) {
    return Resolution.unresolved("the cross-reference service " + what);
  }

  /**
   * Nothing of this is kept: a search is rare beside charts, and often made because a link has just
   * been put right.
   */
  @Override
  public Holder holder(SearchedIdentifier identifier, Patience patience)
      throws InterruptedException {
    String value = identifier.value();
    @Nullable String system = identifier.system();
    if (system == null || system.isEmpty()) {
      return new Holder.UnknownSystem(); // the service is asked about a system's numbers
    }
    if (system.equals(callersSystem) || system.equals(PatientAuthor.ID)) {
      return PatientId.isLegal(value) ? new Holder.One(new PatientId(value)) : new Holder.Nobody();
    }
    long start = ticker.getAsLong();
    String outcome = "timeout";
    try {
      Holder holder = holder(service.counterpart(system, value, callersSystem, patience));
      outcome =
          switch (holder) {
            case Holder.One _, Holder.Supposed _ -> "found";
            case Holder.Nobody _ -> "none";
            case Holder.Several _, Holder.UnknownSystem _, Holder.Unresolved _ -> "unresolved";
          };
      return holder;
    } finally {
      measure(outcome, start);
    }
  }

  private static Holder holder(Counterpart counterpart) {
    return switch (counterpart) {
      case Counterpart.One(String value) ->
          PatientId.isLegal(value)
              ? new Holder.One(new PatientId(value))
              : nobodyCanSay(FailureReason.INVALID, "has an id of it that is none");
      case Counterpart.None _ -> new Holder.Nobody();
      case Counterpart.Several _ -> new Holder.Several();
      case Counterpart.Unknown(boolean isSaid) ->
          isSaid
              ? new Holder.Nobody()
              : nobodyCanSay(FailureReason.ERROR, "is not there, or does not say whom it knows");
      case Counterpart.Broken(Failure(FailureReason reason, String detail, _)) ->
          nobodyCanSay(reason, detail);
    };
  }

  private static Holder nobodyCanSay(FailureReason reason, String what) {
    return new Holder.Unresolved(new Failure(reason, what));
  }

  private void measure(String outcome, long start) {
    metrics.crosswalkLookup(outcome, Duration.ofNanos(ticker.getAsLong() - start));
  }

  @Override
  public void close() {}
}
