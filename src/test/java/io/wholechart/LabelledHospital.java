package io.wholechart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Fetch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Three FHIR sources: an EHR with labelled entries among others, a clinic under 42 CFR Part 2, and
 * an archive of documents. What somebody must not see bears a mark in its text.
 */
final class LabelledHospital implements AutoCloseable {
  /** What labels keep back, by the mark that it bears. */
  static final Map<String, String> LABELLED =
      Map.of(
          "SECRET-R", "ehr/Condition/c-r",
          "SECRET-V", "ehr/AllergyIntolerance/a-v",
          "SECRET-PART2", "ehr/MedicationRequest/m-p2",
          "SECRET-DRUG", "ehr/Medication/med-1",
          "SECRET-CLINIC", "clinic/Procedure/proc-1");

  private static final List<String> EHR =
      List.of(
          "{\"resourceType\":\"Patient\",\"id\":\"ID\",\"birthDate\":\"1970-01-01\"}",
          resource("Condition", "c-1", "N", "OPEN-CONDITION", ""),
          resource("Condition", "c-r", "R", "SECRET-R", ""),
          resource("Observation", "o-1", "N", "OPEN-RESULT", ""),
          resource("AllergyIntolerance", "a-v", "V", "SECRET-V", ""),
          resource(
              "MedicationRequest",
              "m-p2",
              "42CFRPart2",
              "SECRET-PART2",
              ",\"medicationReference\":{\"reference\":\"Medication/med-1\"}"),
          resource("MedicationRequest", "m-1", "N", "OPEN-DRUG", ""),
          "{\"resourceType\":\"Medication\",\"id\":\"med-1\",\"code\":{\"text\":\"SECRET-DRUG\"}}");
  private static final List<String> CLINIC =
      List.of(
          "{\"resourceType\":\"Patient\",\"id\":\"ID\",\"birthDate\":\"1970-01-01\"}",
          resource("Procedure", "proc-1", "N", "SECRET-CLINIC", ""));
  private static final List<String> ARCHIVE =
      List.of(
          "{\"resourceType\":\"Patient\",\"id\":\"ID\",\"birthDate\":\"1970-01-01\"}",
          resource("DocumentReference", "d-1", "N", "OPEN-LETTER", ""));

  private final HttpServer server;
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  private LabelledHospital(HttpServer server) {
    this.server = server;
  }

  static LabelledHospital start() throws IOException {
    var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    var hospital = new LabelledHospital(server);
    server.createContext("/", hospital::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return hospital;
  }

  Map<String, SourceSettings> sources() {
    Map<String, SourceSettings> sources = new LinkedHashMap<>();
    sources.put(
        "ehr",
        source(
            "ehr",
            EnumSet.of(
                Section.PATIENT,
                Section.ALLERGIES,
                Section.CONDITIONS,
                Section.MEDICATIONS,
                Section.RESULTS)));
    sources.put("clinic", TestSettings.part2(source("clinic", Set.of(Section.PROCEDURES))));
    sources.put("archive", source("archive", Set.of(Section.DOCUMENTS)));
    return sources;
  }

  /** How often a source was asked. */
  int asked(String source) {
    return asked.getOrDefault(source, new AtomicInteger()).get();
  }

  private SourceSettings source(String name, Set<Section> sections) {
    String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/" + name;
    return TestSettings.fhir(url, new Fetch.Everything(), sections);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] path = exchange.getRequestURI().getPath().split("/", -1);
      String id = path[3];
      asked.computeIfAbsent(path[1], _ -> new AtomicInteger()).incrementAndGet();
      boolean isKnown = id.startsWith("p-");
      byte[] body = (isKnown ? bundle(path[1], id) : UNKNOWN).getBytes(UTF_8);
      exchange.getResponseHeaders().set("Content-Type", "application/fhir+json");
      exchange.sendResponseHeaders(isKnown ? 200 : 404, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static final String UNKNOWN =
      "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\","
          + "\"code\":\"not-found\"}]}";

  private static String bundle(String source, String id) {
    List<String> resources =
        switch (source) {
          case "ehr" -> EHR;
          case "clinic" -> CLINIC;
          default -> ARCHIVE;
        };
    String entries =
        String.join(",", resources.stream().map(r -> "{\"resource\":" + r + "}").toList());
    return ("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[" + entries + "]}")
        .replace("ID", id);
  }

  private static String resource(String type, String id, String label, String mark, String more) {
    String patient = type.equals("AllergyIntolerance") ? "patient" : "subject";
    return """
    {"resourceType":"%s","id":"%s","meta":{"security":[{"code":"%s"}]},
     "%s":{"reference":"Patient/ID"},"code":{"text":"%s"}%s}
    """
        .formatted(type, id, label, patient, mark, more);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
