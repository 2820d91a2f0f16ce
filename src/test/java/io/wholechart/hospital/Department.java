package io.wholechart.hospital;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.Options.ChunkedEncodingPolicy;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import java.net.BindException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One source system: a WireMock server on a folder of stubs, and what ails it. */
final class Department implements AutoCloseable {
  static final String SCENARIO = "outage";

  private final String source;
  private final Path stubs;
  private final String host;
  private final int port;
  private WireMockServer server;
  private @Nullable Outage outage;

  private Department(String source, Path stubs, String host, WireMockServer server) {
    this.source = source;
    this.stubs = stubs;
    this.host = host;
    this.server = server;
    this.port = server.port();
  }

  static Department open(String source, Path stubs, String host, int port) {
    return new Department(source, stubs, host, listen(source, stubs, host, port));
  }

  String url() {
    return "http://" + host + ":" + port;
  }

  int port() {
    return port;
  }

  synchronized Optional<Outage> outage() {
    return Optional.ofNullable(outage);
  }

  synchronized void suffer(Outage next) {
    if (next == Outage.DOWN) {
      server.stop();
    } else {
      revive();
      server.setScenarioState(SCENARIO, next.key());
    }
    outage = next;
  }

  synchronized void heal() {
    revive();
    server.resetScenario(SCENARIO);
    outage = null;
  }

  @Override
  public synchronized void close() {
    server.stop();
  }

  /** A stopped server takes any free port when it is started again, so that a new one is made. */
  private void revive() {
    if (!server.isRunning()) {
      server = listen(source, stubs, host, port);
    }
  }

  private static WireMockServer listen(String source, Path stubs, String host, int port) {
    WireMockServer server = StubFolder.of(stubs).load(configuration(source, stubs, host, port));
    try {
      server.start();
      return server;
    } catch (RuntimeException e) {
      server.stop();
      throw isPortTaken(e)
          ? new HospitalFailure("port " + port + " on " + host + " (" + source + ") is in use", e)
          : new HospitalFailure(source + " cannot listen on " + host + ":" + port, e);
    }
  }

  private static WireMockConfiguration configuration(
      String source, Path stubs, String host, int port) {
    return options()
        .bindAddress(host)
        .port(port)
        .withRootDirectory(stubs.toString())
        .extensions(services -> List.of(new RightAnswer(services.getAdmin())))
        .httpServerFactory(FaultyDelivery.servers())
        .containerThreads(250)
        .asynchronousResponseEnabled(true) // a slow answer waits without a thread
        .asynchronousResponseThreads(8)
        .jettyAcceptQueueSize(4096)
        .jettyIdleTimeout(600_000L) // a pool of connections may sit idle between two tests
        .jettyStopTimeout(0L) // nobody waits for hung requests
        .http2PlainDisabled(true)
        .gzipDisabled(true)
        .useChunkedTransferEncoding(chunking(source))
        .disableRequestJournal() // else every request of a load test is kept
        .stubRequestLoggingDisabled(true)
        .notifier(Silence.INSTANCE);
  }

  /** Both ways to end a body occur in real hospitals, and so both must occur here. */
  private static ChunkedEncodingPolicy chunking(String source) {
    return source.equals("ehr") || source.equals("pharmacy")
        ? ChunkedEncodingPolicy.ALWAYS
        : ChunkedEncodingPolicy.NEVER;
  }

  private static boolean isPortTaken(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BindException) {
        return true;
      }
    }
    return false;
  }
}
