package io.wholechart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** A client of the service, as an integrator would write one. */
final class Caller {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final String origin;

  Caller(int port) {
    this.origin = "http://127.0.0.1:" + port;
  }

  /** What came back, and when it was asked for. */
  record Answered(HttpResponse<String> response, long askedAt, long elapsedMs) {
    int status() {
      return response.statusCode();
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
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
    var request =
        HttpRequest.newBuilder(URI.create(origin + path))
            .method(method, HttpRequest.BodyPublishers.noBody());
    if (headers.length > 0) {
      request.headers(headers);
    }
    long askedAt = System.nanoTime();
    HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
    return new Answered(response, askedAt, (System.nanoTime() - askedAt) / 1_000_000);
  }
}
