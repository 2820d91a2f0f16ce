package io.wholechart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The audit log's file, read as somebody would who has nothing but the file. */
record Journal(Path directory) {
  private static final ObjectMapper JSON = new ObjectMapper();

  List<JsonNode> records() {
    try {
      return Files.readAllLines(directory.resolve("audit.jsonl")).stream()
          .map(Journal::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The one record of a request. */
  JsonNode of(String requestId) {
    List<JsonNode> records =
        records().stream().filter(r -> r.path("requestId").asText().equals(requestId)).toList();
    if (records.size() != 1) {
      throw new AssertionError(records.size() + " audit records of request " + requestId);
    }
    return records.getFirst();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
