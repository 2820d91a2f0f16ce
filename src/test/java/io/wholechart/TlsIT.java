package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.wholechart.faults.Certificates;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import io.wholechart.http.EdgeSettings;
import io.wholechart.tls.TlsFiles;
import io.wholechart.tls.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sockets over TLS, the operators' with certificates on both sides. */
class TlsIT {
  private static final Duration HEAD = Duration.ofMillis(700);

  @TempDir static Path directory;
  private static Certificates authority;
  private static StubHospital hospital;
  private static Service service;

  @BeforeAll
  static void start() throws Exception {
    authority = Certificates.authority(Instant.now());
    authority.writeAuthority(directory.resolve("ca.pem"));
    renew();
    authority.writePair(
        "127.0.0.9", directory.resolve("operator.pem"), directory.resolve("operator-key.pem"));
    hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
    EdgeSettings e = TestSettings.EDGE;
    var edge =
        new EdgeSettings(
            e.maxConnections(),
            e.maxUriBytes(),
            e.maxHeaderBytes(),
            e.maxHeaders(),
            e.maxBodyBytes(),
            HEAD,
            e.bodyTimeout(),
            e.idleTimeout(),
            e.writeTimeout(),
            e.stopPause());
    service =
        Service.start(
            TestSettings.of(
                directory.resolve("audit"),
                TestSettings.hospital(hospital::url),
                edge,
                ours(null),
                ours("ca.pem")));
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    hospital.close();
  }

  private static void renew() throws IOException {
    authority.writePair(
        "127.0.0.1", directory.resolve("new.pem"), directory.resolve("new-key.pem"));
    Files.move(
        directory.resolve("new-key.pem"),
        directory.resolve("server-key.pem"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    Files.move(
        directory.resolve("new.pem"),
        directory.resolve("server.pem"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
  }

  private static TlsSettings ours(@Nullable String trust) {
    return new TlsSettings(
        directory.resolve("server.pem"),
        directory.resolve("server-key.pem"),
        trust == null ? null : directory.resolve(trust));
  }

  private static SSLContext client(@Nullable String name) throws IOException {
    return TlsFiles.open(
            new TlsSettings(
                name == null ? null : directory.resolve(name + ".pem"),
                name == null ? null : directory.resolve(name + "-key.pem"),
                directory.resolve("ca.pem")),
            System::nanoTime)
        .context();
  }

  private static HttpClient http(@Nullable String name) throws IOException {
    return HttpClient.newBuilder().sslContext(client(name)).build();
  }

  private static HttpResponse<String> get(HttpClient http, int port, String path)
      throws IOException, InterruptedException {
    return http.send(request(port, path), BodyHandlers.ofString());
  }

  private static HttpRequest request(int port, String path) {
    return HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + path)).build();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.3", "TLSv1.2"})
  void callersAreAnsweredInBothVersions(String version) throws Exception {
    var parameters = new SSLParameters();
    parameters.setProtocols(new String[] {version});
    var http = HttpClient.newBuilder().sslContext(client(null)).sslParameters(parameters).build();

    var answer = get(http, service.port(), "/patients/p-1001");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.sslSession().orElseThrow().getProtocol()).isEqualTo(version);
    assertThat(answer.version()).isEqualTo(HttpClient.Version.HTTP_1_1); // the client offers 2
  }

  @Test
  void aLargeChartArrivesWholeManyTimesOverFewConnections() throws Exception {
    var http = http(null);
    int length = get(http, service.port(), "/patients/p-1006").body().length();
    assertThat(length).isGreaterThan(200_000);
    List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      answers.add(
          http.sendAsync(request(service.port(), "/patients/p-1006"), BodyHandlers.ofString()));
    }
    for (var answer : answers) {
      assertThat(answer.get().statusCode()).isEqualTo(200);
      assertThat(answer.get().body()).endsWith("}").contains("\"p-1006\"");
      assertThat(answer.get().body().length())
          .isCloseTo(length, org.assertj.core.data.Offset.offset(500));
    }
  }

  @Test
  void aBodyIsReadAndAnAnswerIsStreamed() throws Exception {
    var request =
        HttpRequest.newBuilder(
                URI.create("https://127.0.0.1:" + service.port() + "/patients/_batch"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"ids\":[\"p-1001\",\"p-1002\"]}"))
            .build();

    assertThat(http(null).send(request, BodyHandlers.ofString()).body().lines()).hasSize(2);
  }

  @Test
  void linksLeadToWhereTheCallerCame() throws Exception {
    String body =
        get(http(null), service.port(), "/fhir/Patient/p-1001/$everything?_count=1").body();

    assertThat(body)
        .contains("\"https://127.0.0.1:" + service.port() + "/fhir")
        .doesNotContain("\"http://127.0.0.1:" + service.port());
  }

  @Test
  void whoSpeaksWithoutTlsHearsNothingOfPatients() throws Exception {
    String answer =
        new Caller(service.port())
            .sendRaw("GET /patients/p-1001 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    assertThat(answer).doesNotContain("HTTP", "p-1001", "{");
  }

  @Test
  void anOldVersionIsRefused() throws Exception {
    try (var socket = raw()) {
      // a ClientHello of TLS 1.0 with one cipher suite
      String hello = "16030100300100002c0301" + "00".repeat(32) + "000002002f0100" + "0001" + "00";
      socket.getOutputStream().write(java.util.HexFormat.of().parseHex(hello));
      byte[] answer = socket.getInputStream().readNBytes(7);

      assertThat(answer.length == 0 || answer[0] == 21).isTrue(); // an alert, or nothing
    }
  }

  /** Whoever begins a handshake and goes on no more is cut as one who begins a request is. */
  @Test
  void aHandshakeThatHangsIsCut() throws Exception {
    try (var socket = raw()) {
      socket.getOutputStream().write(new byte[] {22, 3, 1, 2, 0, 1, 0});
      socket.setSoTimeout(20_000);

      assertThat(socket.getInputStream().read()).isEqualTo(-1);
    }
  }

  @Test
  void aCertificateThatIsRenewedIsShown() throws Exception {
    X509Certificate before = shown();
    renew();

    await().until(() -> !shown().equals(before));
  }

  private static X509Certificate shown() throws IOException {
    try (var socket =
        (SSLSocket) client(null).getSocketFactory().createSocket("127.0.0.1", service.port())) {
      socket.startHandshake();
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  @Test
  void operatorsShowACertificate() throws Exception {
    String path = "/observe/health/live";

    assertThat(get(http("operator"), service.adminPort(), path).statusCode()).isEqualTo(200);
    assertThatThrownBy(() -> get(http(null), service.adminPort(), path))
        .isInstanceOf(IOException.class);
    var stranger = Certificates.authority(Instant.now());
    stranger.writePair(
        "127.0.0.9", directory.resolve("stranger.pem"), directory.resolve("stranger-key.pem"));
    assertThatThrownBy(() -> get(http("stranger"), service.adminPort(), path))
        .isInstanceOf(IOException.class);
  }

  /** The client knows by TLS's own word that it has the whole answer. */
  @Test
  void theEndIsSaid() throws Exception {
    try (var socket =
        (SSLSocket) client(null).getSocketFactory().createSocket("127.0.0.1", service.port())) {
      socket
          .getOutputStream()
          .write(
              "GET /patients/p-1001 HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String answer =
          new String(
              socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8); // else it throws

      assertThat(answer).startsWith("HTTP/1.1 200 ").endsWith("}");
    }
  }

  private static Socket raw() throws IOException {
    return new Socket(InetAddress.getLoopbackAddress(), service.port());
  }
}
