package io.wholechart.hospital;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Asks the hospital as the service does, by {@code java.net.http} or by hand on a socket. */
final class WireTestClient {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private WireTestClient() {}

  /** The request by which a source is asked for everything that it has about a patient. */
  static String path(String source, String patient) {
    return switch (source) {
      case "ehr" -> "/fhir/Patient/" + patient + "/%24everything?_count=200";
      case "lab" -> "/results?patient=" + patient;
      case "imaging" ->
          "/dicom-web/studies?PatientID=" + patient + "&includefield=00081030&limit=100&offset=0";
      case "pharmacy" -> "/fhir/MedicationRequest?patient=" + patient + "&_count=200";
      default -> throw new IllegalArgumentException(source);
    };
  }

  static HttpResponse<byte[]> get(String url) throws IOException, InterruptedException {
    return send(HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20)).build());
  }

  static HttpResponse<byte[]> send(HttpRequest request) throws IOException, InterruptedException {
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  /** Sends a request on a connection of its own and leaves the rest to the caller. */
  static Socket open(int port, String path) throws IOException {
    Socket socket = new Socket("127.0.0.1", port);
    socket.setSoTimeout(20_000);
    socket
        .getOutputStream()
        .write(
            ("GET " + path + " HTTP/1.1\r\nHost: stub\r\n\r\n").getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  /** The status line and the headers, and not one byte more. */
  static String readHead(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      int next = in.read();
      if (next < 0) {
        throw new IOException("the connection ended within the headers");
      }
      head.write(next);
    }
    return head.toString(StandardCharsets.ISO_8859_1);
  }

  static int contentLength(String head) {
    return head.lines()
        .filter(line -> line.regionMatches(true, 0, "Content-Length:", 0, 15))
        .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
        .findFirst()
        .orElseThrow();
  }
}
