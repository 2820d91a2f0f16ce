package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.wholechart.faults.Certificates;
import io.wholechart.patient.Section;
import io.wholechart.source.ConnectionSettings;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Auth;
import io.wholechart.source.SourceSettings.Fetch;
import io.wholechart.source.SourceSettings.Protocol;
import io.wholechart.tls.TlsFiles;
import io.wholechart.tls.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source that wants to see a certificate of ours, and what else it hears of us. */
class SourceTlsIT {
  private static final String CHART =
      "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":"
          + "{\"resourceType\":\"Patient\",\"id\":\"p-1\"}}]}";

  @TempDir Path directory;
  private final Certificates authority = Certificates.authority(Instant.now());
  private final List<String> heard = new CopyOnWriteArrayList<>();
  private HttpsServer source;
  private HttpServer well;

  @BeforeEach
  void start() throws Exception {
    authority.writeAuthority(path("ca.pem"));
    authority.writePair("127.0.0.1", path("source.pem"), path("source-key.pem"));
    authority.writePair("127.0.0.9", path("us.pem"), path("us-key.pem"));
    Certificates.authority(Instant.now()).writeAuthority(path("other-ca.pem"));
    Certificates.authority(Instant.now())
        .writePair("127.0.0.9", path("stranger.pem"), path("stranger-key.pem"));
    Files.writeString(path("secret"), "ours-alone");
    source = source("source");
    well = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    well.createContext("/", SourceTlsIT::answer);
    well.start();
  }

  @AfterEach
  void stop() {
    source.stop(0);
    well.stop(0);
  }

  private HttpsServer source(String name) throws IOException {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    var context = TlsFiles.open(tls(name, "ca.pem"), System::nanoTime).context();
    server.setHttpsConfigurator(
        new HttpsConfigurator(context) {
          @Override
          public void configure(HttpsParameters parameters) {
            var ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setNeedClientAuth(true);
            parameters.setSSLParameters(ssl);
          }
        });
    server.createContext(
        "/",
        exchange -> {
          exchange
              .getRequestHeaders()
              .forEach((header, values) -> heard.add(header + ": " + values));
          answer(exchange);
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return server;
  }

  private static void answer(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().add("Content-Type", "application/fhir+json");
    byte[] body = CHART.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Test
  void aSourceThatWantsACertificateIsShownOurs() throws Exception {
    assertThat(status(tls("us", "ca.pem"))).isEqualTo("ok");
  }

  @Test
  void withoutOneOrWithAnotherAuthoritysItDoesNotAnswer() throws Exception {
    assertThat(status(tls(null, "ca.pem"))).isIn("unreachable", "error");
    assertThat(status(tls("stranger", "ca.pem"))).isIn("unreachable", "error");
    assertThat(heard).isEmpty();
  }

  @Test
  void aSourceOfAnotherAuthorityIsNotTrusted() throws Exception {
    assertThat(status(tls("us", "other-ca.pem"))).isEqualTo("unreachable");
    assertThat(status(null)).isEqualTo("unreachable");
    assertThat(heard).isEmpty();
  }

  @Test
  void norIsOneWithAnotherHostsCertificate() throws Exception {
    source.stop(0);
    source = source("us");

    assertThat(status(tls("us", "ca.pem"))).isEqualTo("unreachable");
    assertThat(heard).isEmpty();
  }

  @Test
  void whatACallerShowsUsIsShownToNoSource() throws Exception {
    try (var service = service(tls("us", "ca.pem"))) {
      var answer =
          new Caller(service.port())
              .send(
                  "GET",
                  "/patients/p-1",
                  "Authorization",
                  "Bearer theirs-alone",
                  "Cookie",
                  "session=theirs-alone",
                  "X-Forwarded-For",
                  "theirs-alone",
                  "Proxy-Authorization",
                  "Basic theirs-alone",
                  "X-Request-Id",
                  "theirs-alone");
      assertThat(answer.status()).isEqualTo(200);
    }
    assertThat(String.join("\n", heard))
        .contains("Authorization: [Bearer ours-alone]")
        .doesNotContain("theirs-alone", "Cookie", "Forwarded");
  }

  private String status(@Nullable TlsSettings tls) throws Exception {
    try (var service = service(tls)) {
      var answer = new Caller(service.port()).get("/patients/p-1?urgency=emergency").json();
      return answer.path("sourceStatus").path(0).path("status").textValue();
    }
  }

  private Service service(@Nullable TlsSettings tls) throws IOException {
    Map<String, SourceSettings> sources = new LinkedHashMap<>();
    Auth auth = Auth.simple(Auth.Type.BEARER, path("secret"));
    sources.put("ehr", fhir("https", source.getAddress(), auth, tls));
    sources.put("well", fhir("http", well.getAddress(), null, null));
    return Service.start(TestSettings.of(directory.resolve("audit"), sources));
  }

  private static SourceSettings fhir(
      String scheme, InetSocketAddress address, @Nullable Auth auth, @Nullable TlsSettings tls) {
    return TestSettings.source(
        Protocol.FHIR,
        scheme + "://127.0.0.1:" + address.getPort(),
        null,
        new Fetch.Everything(),
        Set.of(Section.RESULTS),
        null,
        auth,
        new ConnectionSettings(List.of(), tls));
  }

  private TlsSettings tls(@Nullable String name, String trust) {
    return new TlsSettings(
        name == null ? null : path(name + ".pem"),
        name == null ? null : path(name + "-key.pem"),
        path(trust));
  }

  private Path path(String name) {
    return directory.resolve(name);
  }
}
