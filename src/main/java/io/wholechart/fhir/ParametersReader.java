package io.wholechart.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a Parameters resource of plain values, as an operation is given them. */
public final class ParametersReader {
  private final JsonParser parser;
  private final Map<String, List<String>> values = new LinkedHashMap<>();
  private boolean isPlain = true;

  private ParametersReader(JsonParser parser) {
    this.parser = parser;
  }

  /** The values by name; none where it is something else, or a value is no plain one. */
  public static Optional<Map<String, List<String>>> read(byte[] body) {
    try (JsonParser parser = PayloadReader.JSON.createParser(body)) {
      var reader = new ParametersReader(parser);
      return reader.isRead() ? Optional.of(reader.values) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private boolean isRead() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    boolean isParameters = false;
    for (var field = Json.firstField(parser); field != null; field = Json.nextField(parser)) {
      switch (field) {
        case "resourceType" -> isParameters = "Parameters".equals(Json.text(parser));
        case "parameter" -> Json.eachItem(parser, this::readParameter);
        default -> parser.skipChildren();
      }
    }
    return isParameters && isPlain && parser.nextToken() == null;
  }

  private void readParameter() throws IOException {
    @Nullable String name = null;
    @Nullable String value = null;
    for (var field = Json.firstField(parser); field != null; field = Json.nextField(parser)) {
      if (field.equals("name")) {
        name = Json.text(parser);
      } else if (field.startsWith("value") && parser.currentToken().isScalarValue()) {
        value = parser.getText();
      } else {
        parser.skipChildren();
      }
    }
    if (name == null || value == null) {
      isPlain = false;
    } else {
      values.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
    }
  }
}
