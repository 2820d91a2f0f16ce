package io.wholechart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.canary.Canary;
import io.wholechart.canary.Canary.Channel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;

/** A client of the service, as an integrator would write one. */
final class Caller {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final int port;

  Caller(int port) {
    this.port = port;
  }

  /** What came back, and when it was asked for. */
  record Answered(HttpResponse<String> response, long askedAt, long elapsedMs) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String requestId() {
      return header("X-Request-Id");
    }

    String body() {
      return response.body();
    }

    JsonNode json() {
      try {
        return JSON.readTree(response.body());
      } catch (IOException e) {
        throw new IllegalStateException("not JSON", e);
      }
    }
  }

  Answered get(String path) throws IOException, InterruptedException {
    return send("GET", path);
  }

  Answered send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    var request = request(path).method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request);
  }

  Answered post(String path, String contentType, String body, String... headers)
      throws IOException, InterruptedException {
    var request =
        request(path)
            .header("Content-Type", contentType)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  private Answered send(HttpRequest.Builder request) throws IOException, InterruptedException {
    long askedAt = System.nanoTime();
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    var answered = new Answered(response, askedAt, (System.nanoTime() - askedAt) / 1_000_000);
    haveSeen(response);
    return answered;
  }

  /** Errors and metrics tell of no patient, whichever test asks for them. */
  private static void haveSeen(HttpResponse<String> response) {
    if (response.uri().getPath().equals("/observe/metrics")) {
      Canary.see(Channel.METRICS, response.body());
    } else if (response.statusCode() >= 400) {
      String requestId = response.headers().firstValue("X-Request-Id").orElse("none");
      String text = response.headers().map() + "\n" + response.body();
      Canary.see(Channel.ERROR, text.replace(requestId, "…")); // as the caller chose it
    }
  }

  /** Sends what no HTTP client would, and returns what comes until the server hangs up. */
  String sendRaw(String bytes) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
