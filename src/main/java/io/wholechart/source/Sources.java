package io.wholechart.source;

import io.wholechart.metrics.Metrics;
import io.wholechart.source.FhirPages.Limits;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Assembles every source from its settings: this is the one place where a pipeline can be seen
 * whole.
 */
public final class Sources {
  private final Metrics metrics;
  private final Duration longest;
  private final InstantSource clock;

  /**
   * @param longest the longest deadline of any request
   */
  public Sources(Metrics metrics, Duration longest, InstantSource clock) {
    this.metrics = metrics;
    this.longest = longest;
    this.clock = clock;
  }

  /**
   * The sources in the order of the configuration, which is the order of the answer.
   *
   * @throws IOException when a secret cannot be read
   */
  public List<PatientSource> assemble(Map<String, SourceSettings> settings) throws IOException {
    List<PatientSource> sources = new ArrayList<>();
    for (var source : settings.entrySet()) {
      sources.add(source(source.getKey(), source.getValue()));
    }
    return List.copyOf(sources);
  }

  private PatientSource source(String name, SourceSettings settings) throws IOException {
    Upstream upstream = pipeline(name, settings);
    URI base = withoutTrailingSlash(settings.url());
    CallPlan plan =
        switch (settings.protocol()) {
          case FHIR ->
              new FhirSource(
                  upstream,
                  base,
                  Objects.requireNonNull(settings.fetch()),
                  new Limits(settings.maxPages(), settings.maxBodyBytes()));
          case HL7V2 ->
              new Hl7v2Source(
                  upstream, base, Objects.requireNonNull(settings.path()), settings.maxBodyBytes());
          case DICOMWEB ->
              new DicomWebSource(upstream, base, settings.maxPages(), settings.maxBodyBytes());
        };
    return new ConfiguredSource(name, settings, plan);
  }

  /** From the outside in: limited -> retrying -> call. */
  private Upstream pipeline(String name, SourceSettings settings) throws IOException {
    var call =
        new HttpUpstream(settings.maxConcurrentCalls(), longest, authorization(settings), clock);
    var retrying =
        new RetryingUpstream(
            call,
            below -> ThreadLocalRandom.current().nextLong(below),
            System::nanoTime,
            Thread::sleep,
            () -> metrics.sourceRetry(name));
    var limited = new LimitedUpstream(retrying, settings.maxConcurrentCalls());
    metrics.watchSourceCalls(name, limited::active);
    return limited;
  }

  private static Optional<String> authorization(SourceSettings settings) throws IOException {
    if (settings.auth() == null) {
      return Optional.empty();
    }
    String secret = Files.readString(settings.auth().secretFile()).strip();
    return Optional.of(
        switch (settings.auth().type()) {
          case BASIC ->
              "Basic "
                  + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
          case BEARER -> "Bearer " + secret;
        });
  }

  private static URI withoutTrailingSlash(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
  }
}
