package io.wholechart.hospital;

import static io.wholechart.hospital.WireTestClient.get;
import static io.wholechart.hospital.WireTestClient.path;
import static io.wholechart.hospital.WireTestClient.send;
import static io.wholechart.hospital.WireTestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StubHospitalTest {
  @Test
  void aTakenPortIsNamedWithItsSource() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Ports ports = new Ports("127.0.0.1", 0, 0, taken.getLocalPort(), 0, 0);

      assertThatThrownBy(() -> StubHospital.start(Path.of("stubs"), ports))
          .isInstanceOf(HospitalFailure.class)
          .hasMessage("port " + taken.getLocalPort() + " on 127.0.0.1 (imaging) is in use");
    }
  }

  @Test
  void aTakenControlPortIsNamedAndNothingStaysOpen() throws Exception {
    int ehr = freePort();
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      Ports ports = new Ports("127.0.0.1", ehr, 0, 0, 0, taken.getLocalPort());

      assertThatThrownBy(() -> StubHospital.start(Path.of("stubs"), ports))
          .isInstanceOf(HospitalFailure.class)
          .hasMessage("port " + taken.getLocalPort() + " (control) is in use");
    }
    assertThatThrownBy(() -> new Socket("127.0.0.1", ehr).close())
        .isInstanceOf(java.net.ConnectException.class);
  }

  @Test
  void aMappingThatIsNoJsonIsNamedWithTheReason(@TempDir Path stubs) throws Exception {
    copy(Path.of("stubs"), stubs);
    Files.writeString(stubs.resolve("lab/mappings/p-1005.json"), "{ \"request\": ");

    assertThatThrownBy(() -> StubHospital.start(stubs, Ports.dynamic()))
        .isInstanceOf(HospitalFailure.class)
        .hasMessageContaining("p-1005.json")
        .hasMessageContaining("end-of-input");
  }

  @Test
  void aBodyThatIsMissingIsNamed(@TempDir Path stubs) throws Exception {
    copy(Path.of("stubs"), stubs);
    Files.delete(stubs.resolve("ehr/__files/p-1002.json"));

    assertThatThrownBy(() -> StubHospital.start(stubs, Ports.dynamic()))
        .isInstanceOf(HospitalFailure.class)
        .hasMessageEndingWith("p-1002.json: no such file");
  }

  @Test
  void aBodyThatIsNoJsonIsNamedWithTheReason(@TempDir Path stubs) throws Exception {
    copy(Path.of("stubs"), stubs);
    Files.writeString(stubs.resolve("imaging/__files/p-1001.json"), "[{]");

    assertThatThrownBy(() -> StubHospital.start(stubs, Ports.dynamic()))
        .isInstanceOf(HospitalFailure.class)
        .hasMessageContaining("p-1001.json: Unexpected c");
  }

  @Test
  void anOutageWithoutAStubIsNamed(@TempDir Path stubs) throws Exception {
    copy(Path.of("stubs"), stubs);
    Files.delete(stubs.resolve("pharmacy/mappings/outage-hang.json"));

    assertThatThrownBy(() -> StubHospital.start(stubs, Ports.dynamic()))
        .isInstanceOf(HospitalFailure.class)
        .hasMessageContaining("pharmacy")
        .hasMessageEndingWith("no stub for outage hang");
  }

  @Test
  void aFolderThatIsNotThereIsNamed(@TempDir Path empty) {
    assertThatThrownBy(() -> StubHospital.start(empty, Ports.dynamic()))
        .isInstanceOf(HospitalFailure.class)
        .hasMessageEndingWith("mappings is not a folder");
  }

  @Test
  void anUnknownSourceIsRefusedWithTheKnownOnes() {
    try (StubHospital hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic())) {
      assertThatThrownBy(() -> hospital.outage("radiology", Outage.SLOW))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("no source is named radiology; there are ehr, lab, imaging, pharmacy");
    }
  }

  @Test
  void theControlSocketMakesIllAndWell() throws Exception {
    try (StubHospital hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic())) {
      String outages = hospital.controlUrl() + "/outages";
      assertThat(text(get(outages)))
          .isEqualToIgnoringNewLines(
              "{\"ehr\":null,\"lab\":null,\"imaging\":null,\"pharmacy\":null}");

      assertThat(call("PUT", outages + "/lab/throttled").statusCode()).isEqualTo(204);
      assertThat(call("PUT", outages + "/ehr/down").statusCode()).isEqualTo(204);
      assertThat(text(get(outages)))
          .isEqualToIgnoringNewLines(
              "{\"ehr\":\"down\",\"lab\":\"throttled\",\"imaging\":null,\"pharmacy\":null}");
      assertThat(get(hospital.url("lab") + path("lab", "p-1001")).statusCode()).isEqualTo(429);

      assertThat(call("DELETE", outages + "/lab").statusCode()).isEqualTo(204);
      assertThat(hospital.outage("lab")).isEmpty();
      assertThat(hospital.outage("ehr")).contains(Outage.DOWN);

      assertThat(call("DELETE", outages).statusCode()).isEqualTo(204);
      assertThat(get(hospital.url("ehr") + path("ehr", "p-1001")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void theControlSocketListsWhatItKnowsWhenItIsAskedForSomethingElse() throws Exception {
    try (StubHospital hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic())) {
      String outages = hospital.controlUrl() + "/outages";

      HttpResponse<byte[]> kind = call("PUT", outages + "/lab/explode");
      assertThat(kind.statusCode()).isEqualTo(404);
      assertThat(text(kind)).contains(Outage.keys());

      HttpResponse<byte[]> source = call("PUT", outages + "/morgue/hang");
      assertThat(source.statusCode()).isEqualTo(404);
      assertThat(text(source)).contains(Ports.SOURCES);

      assertThat(call("DELETE", outages + "/morgue").statusCode()).isEqualTo(404);
      assertThat(call("POST", outages).statusCode()).isEqualTo(405);
      assertThat(call("GET", hospital.controlUrl() + "/").statusCode()).isEqualTo(404);
    }
  }

  @Test
  void aConnectionIsKeptForTheNextRequest() throws Exception {
    try (StubHospital hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
        Socket socket = WireTestClient.open(hospital.port("lab"), path("lab", "p-1001"))) {
      for (int i = 0; i < 3; i++) {
        String head = WireTestClient.readHead(socket.getInputStream());
        assertThat(head).startsWith("HTTP/1.1 200");
        assertThat(socket.getInputStream().readNBytes(WireTestClient.contentLength(head)))
            .startsWith("MSH|".getBytes(StandardCharsets.UTF_8));
        socket
            .getOutputStream()
            .write(
                ("GET " + path("lab", "p-1001") + " HTTP/1.1\r\nHost: stub\r\n\r\n")
                    .getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  private static HttpResponse<byte[]> call(String method, String url) throws Exception {
    return send(
        HttpRequest.newBuilder(URI.create(url))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build());
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    }
  }

  private static void copy(Path from, Path to) throws Exception {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path copy = to.resolve(from.relativize(file).toString());
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
  }
}
