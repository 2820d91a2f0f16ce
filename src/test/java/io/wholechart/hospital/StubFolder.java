package io.wholechart.hospital;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.common.Json;
import com.github.tomakehurst.wiremock.common.JsonException;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.standalone.MappingFileException;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/**
 * The stubs of one source, read with complaints: WireMock itself finds a missing body only when it
 * is asked for, and then answers 500, which looks like an outage that nobody ordered.
 */
record StubFolder(Path root) {
  static StubFolder of(Path root) {
    return new StubFolder(root);
  }

  /** A server with these stubs, not started. */
  WireMockServer load(WireMockConfiguration configuration) {
    for (String part : new String[] {"mappings", "__files"}) {
      if (!Files.isDirectory(root.resolve(part))) {
        throw new HospitalFailure(root.resolve(part) + " is not a folder");
      }
    }
    checkReadable();
    WireMockServer server = server(configuration);
    Set<String> states = new HashSet<>();
    for (StubMapping stub : server.getStubMappings()) {
      String body = stub.getResponse().getBodyFileName();
      if (body != null) {
        checkBody(root.resolve("__files").resolve(body));
      }
      if (Department.SCENARIO.equals(stub.getScenarioName())) {
        states.add(stub.getRequiredScenarioState());
      }
    }
    checkOutages(states);
    return server;
  }

  private WireMockServer server(WireMockConfiguration configuration) {
    try {
      return new WireMockServer(configuration);
    } catch (MappingFileException e) {
      throw new HospitalFailure("a stub cannot be read: " + e.getMessage(), e);
    }
  }

  private void checkReadable() {
    try (Stream<Path> files = Files.walk(root)) {
      files
          .filter(file -> !Files.isReadable(file))
          .findFirst()
          .ifPresent(file -> {
            throw unreadable(file, "permission denied", null);
          });
    } catch (IOException e) {
      throw unreadable(root, e.toString(), e);
    }
  }

  private static void checkBody(Path file) {
    try {
      byte[] body = Files.readAllBytes(file);
      if (file.toString().endsWith(".json")) {
        Json.read(new String(body, StandardCharsets.UTF_8), JsonNode.class);
      }
    } catch (IOException e) {
      throw unreadable(file, "no such file", e);
    } catch (JsonException e) {
      throw unreadable(file, e.getErrors().first().getDetail(), e);
    }
  }

  private void checkOutages(Set<String> states) {
    String missing =
        Outage.keys().stream()
            .filter(key -> !key.equals(Outage.DOWN.key()) && !states.contains(key))
            .collect(Collectors.joining(", "));
    if (!missing.isEmpty()) {
      throw new HospitalFailure(root.resolve("mappings") + " has no stub for outage " + missing);
    }
  }

  private static HospitalFailure unreadable(Path file, String reason, @Nullable Throwable cause) {
    String message = "a stub cannot be read: " + file + ": " + reason;
    return cause == null ? new HospitalFailure(message) : new HospitalFailure(message, cause);
  }
}
