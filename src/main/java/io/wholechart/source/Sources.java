package io.wholechart.source;

import io.wholechart.metrics.Metrics;
import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.SourceSettings.Auth;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

  private Upstream call(SourceSettings settings) throws IOException {
    var call =
        new HttpUpstream(
            settings.connection().connections(names, settings.maxConcurrentCalls()), clock);
    return authorized(call, settings.auth(), longest, clock);
  }

  /**
   * A call with the credentials that it wants.
   *
   * @throws IOException when a secret cannot be used
   */
  static Upstream authorized(
      HttpUpstream call, @Nullable Auth auth, Duration longest, InstantSource clock)
      throws IOException {
    if (auth == null) {
      return call;
    }
    Credentials credentials =
        switch (auth.type()) {
          case BASIC, BEARER -> new SecretFile(auth, System::nanoTime);
          case OAUTH2 -> {
            ClientAssertion.key(auth.secretFile()); // now, and not at the first request
            yield new AccessTokens(new TokenEndpoint(call, auth, clock), longest, System::nanoTime);
          }
        };
    return new AuthorizedUpstream(call, credentials);
  }
}
