package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wholechart.config.Settings;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import io.wholechart.http.EdgeSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that keep a connection waiting, with time-outs scaled down. */
class SlowClientsIT {
  private static final Duration SHORT = Duration.ofMillis(400);
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final int UNREAD = 400; // answers of half a megabyte: more than sockets hold

  @TempDir static Path directory;
  private static StubHospital hospital;
  private static Service service;
  private static Caller operator;

  @BeforeAll
  static void start() throws Exception {
    hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
    Settings settings =
        TestSettings.of(
            directory,
            TestSettings.hospital(hospital::url),
            new EdgeSettings(
                100, 4096, 16_384, 100, 65_536, SHORT, SHORT, LONG, SHORT, Duration.ZERO));
    service = Service.start(settings);
    operator = new Caller(service.adminPort());
  }

  @AfterAll
  static void stop() throws Exception {
    service.close();
    hospital.close();
  }

  @Test
  void whoSendsItsHeadersByteByByteIsCut() throws Exception {
    double before = cuts("head");
    assertThat(drip("GET /patients/p-1001 HTTP/1.1\r\nHost: a\r\nX: ")).isEqualTo(-1);
    assertThat(cuts("head")).isEqualTo(before + 1);
  }

  @Test
  void whoSendsItsBodyByteByByteIsCut() throws Exception {
    double before = cuts("body");
    assertThat(
            drip(
                "POST /patients/_batch HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Content-Length: 999\r\n\r\n"))
        .isEqualTo(-1);
    assertThat(cuts("body")).isEqualTo(before + 1);
  }

  @Test
  void whoDoesNotTakeItsAnswersIsCut() throws Exception {
    double before = cuts("write");
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      byte[] request = bytes("GET /patients/p-1006 HTTP/1.1\r\nHost: a\r\n\r\n");
      Thread.startVirtualThread(() -> {
        try {
          for (int i = 0; i < UNREAD; i++) {
            socket.getOutputStream().write(request);
          }
        } catch (IOException e) {
          // cut
        }
      });
      await("the end of patience").atMost(LONG).until(() -> cuts("write") > before);
    }
  }

  @Test
  void whoAsksAtOnceOnAConnectionThatRestedIsServed() throws Exception {
    try (var wire = new WireCaller(service.port(), LONG)) {
      for (int i = 0; i < 2; i++) {
        assertThat(wire.ask("/patients/p-1001", "rest-" + i)).isEqualTo(200);
        wire.rest();
        Thread.sleep(SHORT.multipliedBy(2)); // longer than any time-out but the idle one
      }
    }
  }

  /** Sends the beginning, then a byte at a time until the server hangs up; what it said last. */
  private static int drip(String beginning) throws Exception {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), service.port())) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) LONG.toMillis());
      socket.getOutputStream().write(bytes(beginning));
      Thread.startVirtualThread(() -> {
        try {
          while (true) {
            socket.getOutputStream().write('1');
            Thread.sleep(20);
          }
        } catch (IOException | InterruptedException e) {
          // cut
        }
      });
      try {
        return socket.getInputStream().read();
      } catch (SocketException e) {
        return -1; // reset, since not all was read that was sent
      }
    }
  }

  private static double cuts(String stage) throws Exception {
    return operator
        .get("/observe/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("http_server_connections_cut_total{stage=\"" + stage))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
        .sum();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
