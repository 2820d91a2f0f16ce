package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wholechart.patient.Identifier;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the answer to {@code $ihe-pix}: the {@code targetIdentifier}s of FHIR Parameters. */
public final class TargetIdentifiers {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser parser;
  private final List<Identifier> identifiers = new ArrayList<>();
  private @Nullable String type;
  private boolean isWhole = true;

  private TargetIdentifiers(JsonParser parser) {
    this.parser = parser;
  }

  /** All of them; empty where these are no Parameters, or one of them has no value. */
  public static Optional<List<Identifier>> read(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      return new TargetIdentifiers(parser).read();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private Optional<List<Identifier>> read() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return Optional.empty();
    }
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "resourceType" -> type = text(parser);
        case "parameter" -> eachItem(parser, this::readParameter);
        default -> parser.skipChildren();
      }
    }
    boolean isParameters = "Parameters".equals(type) && parser.nextToken() == null;
    return isParameters && isWhole ? Optional.of(List.copyOf(identifiers)) : Optional.empty();
  }

  private void readParameter() throws IOException {
    @Nullable String name = null;
    List<Identifier> its = new ArrayList<>(1);
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "name" -> name = text(parser);
        case "valueIdentifier" -> DemographicsReader.readIdentifier(parser, its);
        default -> parser.skipChildren();
      }
    }
    if ("targetIdentifier".equals(name)) {
      isWhole &= its.size() == 1; // one without a value is not none
      identifiers.addAll(its);
    }
  }
}
