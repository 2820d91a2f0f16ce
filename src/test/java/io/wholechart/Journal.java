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
    return records("outcome");
  }

  /** All of a kind. */
  public List<JsonNode> records(String kind) {
    return lines(kind).stream().map(Journal::parse).toList();
  }

  /** Of every answer, unread. */
  public List<String> lines() {
    return lines("outcome");
  }

  /** The number of the last record that is whole. */
  public long size() {
    List<String> lines = lines("");
    return lines.isEmpty() ? 0 : parse(lines.getLast()).path("seq").asLong();
  }

  /** What was begun and how it ended, for the one record of a request. */
  public List<JsonNode> around(JsonNode outcome) {
    List<JsonNode> around = new ArrayList<>();
    records("intent").stream()
        .filter(r -> r.path("seq").asLong() == outcome.path("intent").asLong())
        .forEach(around::add);
    around.add(outcome);
    records("ended").stream()
        .filter(r -> r.path("of").asLong() == outcome.path("seq").asLong())
        .forEach(around::add);
    return around;
  }

  private List<String> lines(String kind) {
    var lines = new ArrayList<String>();
    for (Path segment : segments()) {
      String text = read(segment);
      text.substring(0, text.lastIndexOf('\n') + 1)
          .lines()
          .filter(line -> line.contains(",\"kind\":\"" + kind))
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
