package io.wholechart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/**
 * A walk through the demo that needs nobody at the keyboard: a whole chart, an outage, what then is
 * said.
 */
final class Tour {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final HttpClient http = HttpClient.newHttpClient();
  private final String url;
  private final URI control;

  Tour(String url, URI control) {
    this.url = url;
    this.control = control;
  }

  void walk() throws IOException, InterruptedException {
    show("All four sources are up.");
    outage("PUT", "/outages/imaging/hang");
    show("The imaging archive hangs: everything else, by the deadline, and what is missing.");
    outage("PUT", "/outages/lab/wrong-patient");
    show("And the laboratory answers with somebody else's results: withheld.");
    outage("DELETE", "/outages");
    System.out.println("\nHealed. `make run` leaves it running for you.");
  }

  private void show(String title) throws IOException, InterruptedException {
    System.out.printf("%n== %s%n$ curl -s '%s'%n", title, url);
    HttpResponse<String> response =
        http.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
    System.out.println("HTTP " + response.statusCode());
    response
        .headers()
        .firstValue("X-Completeness")
        .ifPresent(v -> System.out.println("X-Completeness: " + v));
    JsonNode answer = JSON.readTree(response.body());
    trim(answer.path("data"));
    System.out.println(JSON.writeValueAsString(answer));
  }

  /** Leaves one entry a section, and says how many there are. */
  private static void trim(JsonNode data) {
    if (data instanceof ObjectNode sections) {
      for (String name :
          List.copyOf(sections.properties().stream().map(e -> e.getKey()).toList())) {
        if (sections.get(name) instanceof ArrayNode entries) {
          sections.put(name, entries.size() == 1 ? "1 entry" : entries.size() + " entries");
        }
      }
      if (sections.get("patient") instanceof ObjectNode patient) {
        patient.put("resource", "…");
        patient.remove("also");
      }
    }
  }

  private void outage(String method, String path) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(control.resolve(path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    if (response.statusCode() >= 300) {
      throw new IOException("the stub hospital refused " + method + " " + path);
    }
  }
}
