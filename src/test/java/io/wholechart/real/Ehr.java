package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.wholechart.real.Population.Synthetic;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/** HAPI FHIR's JPA server, in a process of its own, with everybody of a population in it. */
public final class Ehr implements AutoCloseable {
  private static final Pattern LISTENS = Pattern.compile("listening on (\\d+)");
  private static final String FHIR = "application/fhir+json";

  private final Running server;
  private final String origin;
  private final Rest rest = new Rest();

  private Ehr(Running server, String port) {
    this.server = server;
    this.origin = "http://127.0.0.1:" + port;
  }

  /** Starts it on the store of the last time, where that holds these patients. */
  static Ehr start(Path folder, Population population) throws IOException, InterruptedException {
    Path store = folder.toAbsolutePath().resolve("store");
    Path holds = store.resolve("holds.txt");
    boolean isFilled =
        Files.exists(holds) && Files.readString(holds).equals(population.fingerprint());
    if (!isFilled) {
      Folders.delete(store);
      Files.createDirectories(store);
    }
    var command =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx2g",
            "-cp",
            folder.resolve("classes") + ":" + folder.resolve("lib") + "/*",
            "io.wholechart.real.EhrServer",
            store.resolve("fhir").toString());
    var server = Running.start("HAPI FHIR JPA", command, folder.resolve("ehr.log"));
    try {
      var ehr = new Ehr(server, server.awaitWords(LISTENS, Duration.ofMinutes(5)));
      if (!isFilled) {
        ehr.fill(population);
        Files.writeString(holds, population.fingerprint());
      }
      return ehr;
    } catch (Throwable e) {
      server.close();
      throw e;
    }
  }

  /** Pages as HAPI does by itself: as asked for, but no more than 50. */
  public String url() {
    return origin + "/fhir";
  }

  /** The same store, ten a page whatever is asked for. */
  public String urlByTens() {
    return origin + "/fhir-tens";
  }

  public void freeze() throws IOException, InterruptedException {
    server.freeze();
  }

  public void thaw() throws IOException, InterruptedException {
    server.thaw();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  private void fill(Population population) throws IOException, InterruptedException {
    for (Path file : population.shared()) {
      transact(Rest.JSON.readTree(file.toFile()));
    }
    List<Synthetic> patients = population.patients();
    for (Synthetic patient : patients) {
      JsonNode bundle = patient.bundle();
      transact(bundle);
      Progress.say(
          "EHR filled with "
              + (patients.indexOf(patient) + 1)
              + " of "
              + patients.size()
              + " patients ("
              + bundle.path("entry").size()
              + " resources)");
    }
  }

  /** Every resource under the id that it has, so that all sources can know a patient by one. */
  private void transact(JsonNode bundle) throws IOException, InterruptedException {
    for (JsonNode entry : bundle.path("entry")) {
      JsonNode resource = entry.path("resource");
      String place = resource.path("resourceType").asText() + "/" + resource.path("id").asText();
      ((ObjectNode) entry.path("request")).put("method", "PUT").put("url", place);
    }
    rest.post(url(), FHIR, BodyPublishers.ofByteArray(Rest.JSON.writeValueAsBytes(bundle)));
  }
}
