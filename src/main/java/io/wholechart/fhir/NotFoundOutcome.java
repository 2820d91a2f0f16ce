package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Tells a FHIR service's word that it does not know what it was asked for from any other 404, which
 * a proxy or a wrong path gives as well.
 */
public final class NotFoundOutcome {
  private static final JsonFactory JSON = new JsonFactory();

  private final JsonParser parser;
  private @Nullable String type;
  private boolean isSaid;

  private NotFoundOutcome(JsonParser parser) {
    this.parser = parser;
  }

  /** Whether this is an OperationOutcome with an issue {@code not-found}. */
  public static boolean is(byte[] body) {
    try (JsonParser parser = JSON.createParser(body)) {
      return new NotFoundOutcome(parser).read();
    } catch (IOException e) {
      return false;
    }
  }

  private boolean read() throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "resourceType" -> type = text(parser);
        case "issue" -> eachItem(parser, this::readIssue);
        default -> parser.skipChildren();
      }
    }
    return "OperationOutcome".equals(type) && parser.nextToken() == null && isSaid;
  }

  private void readIssue() throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("code")) {
        isSaid |= "not-found".equals(text(parser));
      } else {
        parser.skipChildren();
      }
    }
  }
}
