package io.wholechart;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The audit log's files, read as somebody would who has nothing but the files. */
public record Journal(Path directory) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Of every answer. */
  public List<JsonNode> records() {
    return lines().stream().map(Journal::parse).toList();
  }

  /** The same, unread. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    for (Path segment : segments()) {
      String text = read(segment);
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .filter(line -> line.contains(",\"kind\":\"outcome\","))
          .forEach(lines::add);
    }
    return lines;
  }

  public long bytes() {
    return segments().stream().mapToLong(segment -> segment.toFile().length()).sum();
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

  public List<Path> segments() {
    try (var files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, StandardCharsets.US_ASCII);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
