package io.wholechart.crosswalk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wholechart.crosswalk.Answers.Question;
import io.wholechart.crosswalk.Resolution.Found;
import io.wholechart.crosswalk.Resolution.NoneThere;
import io.wholechart.fhir.TargetIdentifiers;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.SourceId;
import io.wholechart.source.Patience;
import io.wholechart.source.ServiceReads;
import java.io.IOException;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Asks a cross-reference service: IHE PIXm, Get Corresponding Identifiers (ITI-83). */
final class PixmCrosswalk implements Crosswalk {
  private static final String ACCEPT = "application/fhir+json";
  private static final int LARGEST = 256 * 1024;

  private final ServiceReads service;
  private final String operation;
  private final String callersSystem;
  private final Answers answers;
  private final LongSupplier ticker;
  private final Metrics metrics;

  PixmCrosswalk(
      ServiceReads service,
      String base,
      String callersSystem,
      Answers answers,
      LongSupplier ticker,
      Metrics metrics) {
    this.service = service;
    this.operation = base.replaceFirst("/$", "") + "/Patient/$ihe-pix";
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
    return new PixmCrosswalk(
        new ServiceReads(settings.maxConcurrentCalls(), longest, settings.auth(), clock),
        Objects.requireNonNull(settings.url()).toString(),
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
      Resolution answer = read(id, idSystem, patience);
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
      metrics.crosswalkLookup(outcome, Duration.ofNanos(ticker.getAsLong() - start));
    }
  }

  private Resolution read(PatientId id, String idSystem, Patience patience)
      throws InterruptedException {
    String url =
        operation
            + "?sourceIdentifier="
            + URLEncoder.encode(callersSystem + "|" + id.value(), UTF_8)
            + "&targetSystem="
            + URLEncoder.encode(idSystem, UTF_8);
    return switch (service.get(url, ACCEPT, LARGEST, patience)) {
      case ServiceReads.Answer.Broken(var failure) ->
          Resolution.unresolved("the cross-reference service " + failure.detail());
      case ServiceReads.Answer.Answered(int status, _, _) when status == 404 || status == 410 ->
          Resolution.unresolved("the cross-reference service does not know the patient");
      case ServiceReads.Answer.Answered(_, String mediaType, byte[] body) ->
          mediaType.endsWith("json")
              ? TargetIdentifiers.read(body)
                  .map(identifiers -> only(identifiers, idSystem))
                  .orElseGet(() ->
                      Resolution.unresolved(
                          "the cross-reference service sent what are no FHIR Parameters"))
              : Resolution.unresolved(
                  "the cross-reference service answered with what is not FHIR JSON");
    };
  }

  /** The one id of the system; one that is said twice is one. */
  private static Resolution only(List<Identifier> identifiers, String idSystem) {
    if (identifiers.isEmpty()) {
      return new NoneThere();
    }
    Set<String> values = new HashSet<>();
    for (Identifier identifier : identifiers) {
      if (idSystem.equals(identifier.system())) {
        values.add(identifier.value());
      }
    }
    if (values.size() > 1) {
      return Resolution.unresolved("the cross-reference service has more than one id of it");
    }
    if (values.isEmpty()) {
      return Resolution.unresolved(
          "the cross-reference service answered with ids of other systems alone");
    }
    String value = values.iterator().next();
    return SourceId.isLegal(value)
        ? new Found(new SourceId(idSystem, value))
        : Resolution.unresolved("the cross-reference service has an id of it that is none");
  }

  @Override
  public void close() {}
}
