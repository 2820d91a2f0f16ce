package io.wholechart.source;

import io.wholechart.metrics.Metrics;
import io.wholechart.source.FhirPages.Limits;
import java.io.IOException;
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
import org.jspecify.annotations.Nullable;

/** Assembles every source from its settings: its protocol over its {@link Pipeline}. */
public final class Sources {
  private final Metrics metrics;
  private final Duration longest;
  private final InstantSource clock;
  private final Names names;

  /**
   * @param longest the longest deadline of any request
   */
  public Sources(Metrics metrics, Duration longest, InstantSource clock) {
    this(metrics, longest, clock, Names.ofSystem());
  }

  Sources(Metrics metrics, Duration longest, InstantSource clock, Names names) {
    this.names = names;
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
    Replicas replicas = settings.replicas();
    Upstream upstream =
        new Pipeline(name, settings, replicas, metrics, System::nanoTime).around(call(settings));
    var limits = new Limits(settings.maxPages(), settings.maxBodyBytes(), settings.payload());
    CallPlan plan =
        switch (settings.protocol()) {
          case FHIR ->
              new FhirSource(upstream, replicas, Objects.requireNonNull(settings.fetch()), limits);
          case HL7V2 ->
              new Hl7v2Source(
                  upstream, replicas.primary(), Objects.requireNonNull(settings.path()), limits);
          case DICOMWEB -> new DicomWebSource(upstream, replicas, limits);
        };
    return new ConfiguredSource(name, settings, plan);
  }

  private HttpUpstream call(SourceSettings settings) throws IOException {
    return new HttpUpstream(
        settings.maxConcurrentCalls(),
        longest,
        names,
        settings.connection().rule(),
        authorization(settings.auth()),
        clock);
  }

  static Optional<String> authorization(SourceSettings.@Nullable Auth auth) throws IOException {
    if (auth == null) {
      return Optional.empty();
    }
    String secret = Files.readString(auth.secretFile()).strip();
    return Optional.of(
        switch (auth.type()) {
          case BASIC ->
              "Basic "
                  + Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
          case BEARER -> "Bearer " + secret;
        });
  }
}
