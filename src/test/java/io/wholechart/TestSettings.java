package io.wholechart;

import io.wholechart.access.AccessSettings;
import io.wholechart.admission.AdmissionSettings;
import io.wholechart.aggregate.DeadlineSettings;
import io.wholechart.aggregate.IdentitySettings;
import io.wholechart.audit.AuditSettings;
import io.wholechart.conduct.ConductSettings;
import io.wholechart.config.Settings;
import io.wholechart.consent.BreakGlass;
import io.wholechart.crosswalk.CrosswalkSettings;
import io.wholechart.denylist.ConsentSettings;
import io.wholechart.denylist.DenyListSettings;
import io.wholechart.http.BatchSettings;
import io.wholechart.http.EdgeSettings;
import io.wholechart.http.FhirSettings;
import io.wholechart.http.SocketSettings;
import io.wholechart.identity.SuspectRule;
import io.wholechart.patient.Section;
import io.wholechart.source.ConnectionSettings;
import io.wholechart.source.PipelineSettings;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Fetch;
import io.wholechart.source.SourceSettings.Protocol;
import io.wholechart.tls.TlsSettings;
import io.wholechart.token.IssuerSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The default configuration, on free ports and with sources that a test brings; but breakers stay
 * closed, so that a source that is made ill time and again is asked each time.
 */
final class TestSettings {
  static final DeadlineSettings DEADLINES =
      new DeadlineSettings(Duration.ofSeconds(2), Duration.ofSeconds(5), Duration.ofSeconds(10));

  static final IdentitySettings IDENTITY =
      new IdentitySettings(
          SuspectRule.WITHHOLD, crosswalk(CrosswalkSettings.Type.SAME, null, null, null));
  static final ConsentSettings CONSENT =
      new ConsentSettings(
          true,
          Set.of(),
          new DenyListSettings(null, Duration.ofSeconds(5)),
          new BreakGlass.Settings(List.of("ETREAT", "THREAT"), Duration.ofMinutes(15)));
  static final AccessSettings ACCESS = access(AccessSettings.Mode.LOOPBACK, null);
  static final ConductSettings CONDUCT =
      new ConductSettings(
          new ConductSettings.Rate(0, 1),
          new ConductSettings.Walk(300, Duration.ofMinutes(10)),
          new ConductSettings.Emergencies(30, Duration.ofHours(1)));
  static final FhirSettings FHIR = new FhirSettings(null, Duration.ofMinutes(2), 64 << 20);
  static final AdmissionSettings ADMISSION =
      new AdmissionSettings(3000, 300, 150, Duration.ofSeconds(2), Duration.ofMillis(50));

  private TestSettings() {}

  static AccessSettings access(AccessSettings.Mode mode, @Nullable String audience) {
    return new AccessSettings(
        mode,
        audience,
        Set.of("RS256", "RS384", "PS256", "ES256", "ES384"),
        Set.of("at+jwt"),
        false,
        Duration.ofSeconds(30),
        Duration.ofHours(1),
        10_000,
        new AccessSettings.Entitled(
            Set.of("wholechart/emergency"),
            Set.of("wholechart/break-glass"),
            Set.of("wholechart/audit")));
  }

  /** With callers who show tokens. */
  static Settings of(
      Path audit,
      Map<String, SourceSettings> sources,
      AccessSettings access,
      Map<String, IssuerSettings> issuers) {
    Settings open = of(audit, sources);
    return with(open, access, issuers, open.consent(), open.admission(), open.audit());
  }

  static final EdgeSettings EDGE =
      new EdgeSettings(
          10_000,
          4096,
          16_384,
          100,
          65_536,
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofMinutes(2),
          Duration.ofSeconds(30),
          Duration.ZERO);
  static final BatchSettings BATCH = new BatchSettings(8, Duration.ofMinutes(2));

  static CrosswalkSettings crosswalk(
      CrosswalkSettings.Type type,
      @Nullable String system,
      @Nullable Path file,
      @Nullable URI url) {
    return new CrosswalkSettings(
        type,
        system,
        file,
        1000,
        Duration.ofMillis(50),
        url,
        null,
        ConnectionSettings.usual(),
        100,
        100,
        Duration.ofMinutes(1));
  }

  static Settings of(Path audit, Map<String, SourceSettings> sources) {
    return of(audit, sources, EDGE);
  }

  static Settings of(Path audit, Map<String, SourceSettings> sources, EdgeSettings edge) {
    return of(audit, sources, edge, FHIR);
  }

  static Settings of(
      Path audit, Map<String, SourceSettings> sources, EdgeSettings edge, FhirSettings fhir) {
    return of(audit, sources, edge, fhir, IDENTITY);
  }

  static Settings of(Path audit, Map<String, SourceSettings> sources, IdentitySettings identity) {
    return of(audit, sources, EDGE, FHIR, identity);
  }

  private static Settings of(
      Path audit,
      Map<String, SourceSettings> sources,
      EdgeSettings edge,
      FhirSettings fhir,
      IdentitySettings identity) {
    return of(audit, sources, edge, fhir, identity, null, null);
  }

  /** With TLS. */
  static Settings of(
      Path audit,
      Map<String, SourceSettings> sources,
      EdgeSettings edge,
      @Nullable TlsSettings server,
      @Nullable TlsSettings admin) {
    return of(audit, sources, edge, FHIR, IDENTITY, server, admin);
  }

  private static Settings of(
      Path audit,
      Map<String, SourceSettings> sources,
      EdgeSettings edge,
      FhirSettings fhir,
      IdentitySettings identity,
      @Nullable TlsSettings server,
      @Nullable TlsSettings admin) {
    return new Settings(
        new SocketSettings("127.0.0.1", 0, server),
        new SocketSettings("127.0.0.1", 0, admin),
        edge,
        ACCESS,
        Map.of(),
        DEADLINES,
        identity,
        CONSENT,
        CONDUCT,
        ADMISSION,
        BATCH,
        new AuditSettings(audit),
        fhir,
        sources);
  }

  /** The same with another block {@code consent}. */
  static Settings with(ConsentSettings consent, Settings rest) {
    return with(rest, rest.access(), rest.issuers(), consent, rest.admission(), rest.audit());
  }

  /** The same with another block {@code admission}. */
  static Settings with(AdmissionSettings admission, Settings rest) {
    return with(rest, rest.access(), rest.issuers(), rest.consent(), admission, rest.audit());
  }

  /** The same with another block {@code audit}. */
  static Settings with(AuditSettings audit, Settings rest) {
    return with(rest, rest.access(), rest.issuers(), rest.consent(), rest.admission(), audit);
  }

  private static Settings with(
      Settings rest,
      AccessSettings access,
      Map<String, IssuerSettings> issuers,
      ConsentSettings consent,
      AdmissionSettings admission,
      AuditSettings audit) {
    return new Settings(
        rest.server(),
        rest.admin(),
        rest.edge(),
        access,
        issuers,
        rest.deadline(),
        rest.identity(),
        consent,
        rest.conduct(),
        admission,
        rest.batch(),
        audit,
        rest.fhir(),
        rest.sources());
  }

  /** The same source under 42 CFR Part 2. */
  static SourceSettings part2(SourceSettings source) {
    return new SourceSettings(
        source.protocol(),
        source.url(),
        source.urls(),
        source.path(),
        source.fetch(),
        source.sections(),
        true,
        source.idSystem(),
        source.timeout(),
        source.auth(),
        source.connection(),
        source.maxConcurrentCalls(),
        source.maxBodyBytes(),
        source.maxPages(),
        source.payload(),
        source.rate(),
        source.breaker(),
        source.hedge());
  }

  /** The four sources of the default configuration. */
  static Map<String, SourceSettings> hospital(Function<String, String> origin) {
    Map<String, SourceSettings> sources = new LinkedHashMap<>();
    sources.put(
        "ehr",
        fhir(
            origin.apply("ehr") + "/fhir",
            new Fetch.Everything(),
            EnumSet.complementOf(EnumSet.of(Section.IMAGING))));
    sources.put("lab", lab(origin.apply("lab")));
    sources.put(
        "imaging",
        source(
            Protocol.DICOMWEB,
            origin.apply("imaging") + "/dicom-web",
            null,
            null,
            Set.of(Section.IMAGING)));
    sources.put(
        "pharmacy",
        fhir(
            origin.apply("pharmacy") + "/fhir",
            new Fetch.Types(List.of("Patient", "MedicationDispense", "MedicationRequest")),
            Set.of(Section.MEDICATIONS)));
    return sources;
  }

  static SourceSettings lab(String origin) {
    return source(Protocol.HL7V2, origin, "/results?patient={id}", null, Set.of(Section.RESULTS));
  }

  static SourceSettings fhir(String url, Fetch fetch, Set<Section> sections) {
    return source(Protocol.FHIR, url, null, fetch, sections);
  }

  static SourceSettings source(
      Protocol protocol,
      String url,
      @Nullable String path,
      @Nullable Fetch fetch,
      Set<Section> sections) {
    return source(protocol, url, path, fetch, sections, null);
  }

  static SourceSettings source(
      Protocol protocol,
      String url,
      @Nullable String path,
      @Nullable Fetch fetch,
      Set<Section> sections,
      @Nullable String idSystem) {
    return source(
        protocol, url, path, fetch, sections, idSystem, null, PipelineSettings.CONNECTION);
  }

  static SourceSettings source(
      Protocol protocol,
      String url,
      @Nullable String path,
      @Nullable Fetch fetch,
      Set<Section> sections,
      @Nullable String idSystem,
      SourceSettings.@Nullable Auth auth,
      ConnectionSettings connection) {
    return new SourceSettings(
        protocol,
        URI.create(url),
        null,
        path,
        fetch,
        sections,
        false,
        idSystem,
        Map.of(),
        auth,
        connection,
        2000,
        16 << 20,
        200,
        PipelineSettings.PAYLOAD,
        PipelineSettings.NO_RATE,
        PipelineSettings.PATIENT_BREAKER,
        PipelineSettings.HEDGE);
  }

  /** The same with another block {@code conduct}. */
  static Settings with(ConductSettings conduct, Settings rest) {
    return new Settings(
        rest.server(),
        rest.admin(),
        rest.edge(),
        rest.access(),
        rest.issuers(),
        rest.deadline(),
        rest.identity(),
        rest.consent(),
        conduct,
        rest.admission(),
        rest.batch(),
        rest.audit(),
        rest.fhir(),
        rest.sources());
  }
}
