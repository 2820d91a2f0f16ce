package io.wholechart;

import io.wholechart.access.Authenticator;
import io.wholechart.access.LoopbackAccess;
import io.wholechart.admission.Admission;
import io.wholechart.admission.Pulse;
import io.wholechart.aggregate.PatientAggregator;
import io.wholechart.audit.AuditLog;
import io.wholechart.audit.AuditSettings;
import io.wholechart.conduct.Conduct;
import io.wholechart.config.Settings;
import io.wholechart.config.SettingsDigest;
import io.wholechart.crosswalk.Crosswalk;
import io.wholechart.denylist.DenyList;
import io.wholechart.disclosure.EventSearch;
import io.wholechart.http.AdminServer;
import io.wholechart.http.ApiServer;
import io.wholechart.http.Health;
import io.wholechart.http.ReadingRules;
import io.wholechart.journal.ReadKeys;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.Section;
import io.wholechart.shipping.ShippedJournal;
import io.wholechart.shipping.Shipping;
import io.wholechart.source.PatientSource;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.Sources;
import io.wholechart.token.TokenAccess;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The running service: everything is built here, by hand, and taken down in the reverse order. */
final class Service implements AutoCloseable {
  private final Metrics metrics;
  private final Crosswalk crosswalk;
  private final DenyList denyList;
  private final AuditLog audit;
  private final Shipping shipping;
  private final Pulse pulse;
  private final Health health;
  private final AdminServer admin;
  private final ApiServer api;
  private final Duration stopPause;

  private Service(
      Metrics metrics,
      Crosswalk crosswalk,
      DenyList denyList,
      AuditLog audit,
      Shipping shipping,
      Pulse pulse,
      Health health,
      AdminServer admin,
      ApiServer api,
      Duration stopPause) {
    this.metrics = metrics;
    this.crosswalk = crosswalk;
    this.denyList = denyList;
    this.audit = audit;
    this.shipping = shipping;
    this.pulse = pulse;
    this.health = health;
    this.admin = admin;
    this.api = api;
    this.stopPause = stopPause;
  }

  /**
   * Starts the service.
   *
   * @throws IOException where a socket, the journal or a secret cannot be had; the message says
   *     which
   */
  static Service start(Settings settings) throws IOException {
    return start(settings, authenticator(settings, Clock.systemUTC()));
  }

  /** Starts one that finds out who asks in its own way. */
  static Service start(Settings settings, Authenticator authenticator) throws IOException {
    Clock clock = Clock.systemUTC();
    Duration longest = settings.deadline().longest();
    try (var undo = new Undo()) {
      var metrics = undo.onFailure(new Metrics(settings.deadline()::of));
      List<PatientSource> sources =
          new Sources(metrics, longest, clock).assemble(settings.sources());
      var crosswalk =
          undo.onFailure(
              Crosswalk.open(
                  settings.identity().crosswalk(), idSystems(sources), longest, clock, metrics));
      var aggregator =
          new PatientAggregator(
              sources, crosswalk, settings.deadline(), settings.identity().suspect(), metrics);
      var denyList = undo.onFailure(DenyList.open(settings.consent().denyList(), metrics));
      var audit = undo.onFailure(AuditLog.open(settings.audit(), metrics));
      audit.configured(Wholechart.version(), SettingsDigest.of(settings));
      var shipping = undo.onFailure(ship(settings.audit(), audit, metrics, clock));
      var admission = new Admission(settings.admission(), metrics, System::nanoTime);
      var pulse = undo.onFailure(Pulse.start(admission));
      var health = new Health(audit::keeping);
      // The admin socket comes first and goes last, so that there is always somebody to say "not
      // ready".
      var admin =
          undo.onFailure(
              AdminServer.start(
                  settings.admin(),
                  settings.edge(),
                  health,
                  metrics,
                  audit,
                  new EventSearch(
                      settings.audit().directory(), ReadKeys.of(settings.audit().encryptionKey())),
                  authenticator,
                  clock));
      var api =
          undo.onFailure(
              ApiServer.start(
                  settings.server(),
                  settings.edge(),
                  authenticator,
                  new Conduct(settings.conduct()),
                  settings.batch(),
                  rules(settings, denyList),
                  health,
                  sections(settings),
                  sources.size(),
                  settings.deadline(),
                  admission,
                  aggregator,
                  settings.fhir(),
                  audit,
                  metrics,
                  clock,
                  longest.plusSeconds(1)));
      Thread.ofVirtual().name("warm-up").start(() -> WarmUp.run(health));
      undo.nothing();
      return new Service(
          metrics,
          crosswalk,
          denyList,
          audit,
          shipping,
          pulse,
          health,
          admin,
          api,
          settings.edge().stopPause());
    }
  }

  int port() {
    return api.port();
  }

  int adminPort() {
    return admin.port();
  }

  /**
   * Readiness off; a pause, in which whoever spreads the load sees that and callers are still let
   * in; then the requests under way, and the journal only after the last of them. What it holds by
   * then is shipped, as far as that is quickly done.
   */
  @Override
  public void close() throws IOException {
    health.stopping();
    pause();
    api.close();
    pulse.close();
    audit.close();
    shipping.close();
    denyList.close();
    crosswalk.close();
    admin.close();
    metrics.close();
  }

  private static Shipping ship(AuditSettings settings, AuditLog audit, Metrics metrics, Clock clock)
      throws IOException {
    var journal =
        new ShippedJournal(
            settings.directory(),
            ReadKeys.of(settings.encryptionKey()),
            audit::durableSize,
            audit::checkpointSize);
    return Shipping.start(settings.sinks(), journal, metrics, clock);
  }

  private void pause() {
    try {
      Thread.sleep(stopPause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // then at once
    }
  }

  private static Authenticator authenticator(Settings settings, InstantSource clock)
      throws IOException {
    return switch (settings.access().mode()) {
      case LOOPBACK -> {
        LoopbackAccess.require("server.host", settings.server().host());
        LoopbackAccess.require("admin.host", settings.admin().host());
        yield new LoopbackAccess();
      }
      case OAUTH -> TokenAccess.open(settings.access(), settings.issuers(), clock);
    };
  }

  private static ReadingRules rules(Settings settings, DenyList denyList) {
    Set<String> part2 =
        settings.sources().entrySet().stream()
            .filter(source -> source.getValue().part2())
            .map(Map.Entry::getKey)
            .collect(Collectors.toSet());
    return new ReadingRules(
        settings.consent().policy(part2), denyList::denials, settings.consent().breakGlass());
  }

  private static Set<String> idSystems(List<PatientSource> sources) {
    return sources.stream()
        .map(PatientSource::idSystem)
        .filter(Objects::nonNull)
        .collect(Collectors.toSet());
  }

  private static Set<Section> sections(Settings settings) {
    Set<Section> sections = EnumSet.noneOf(Section.class);
    settings.sources().values().stream().map(SourceSettings::sections).forEach(sections::addAll);
    return sections;
  }
}
