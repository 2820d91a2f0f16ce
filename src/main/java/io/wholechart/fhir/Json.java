package io.wholechart.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Walks JSON that may have another shape than it should: what is not an object has no fields, what
 * is not an array is its own only item, and the parser always ends on the last token of the value.
 *
 * <pre>{@code
 * for (var field = firstField(parser); field != null; field = nextField(parser)) {
 *   // take or skip the value that the parser stands on
 * }
 * }</pre>
 */
final class Json {
  private Json() {}

  /** Takes or skips the value that the parser stands on. */
  interface OnItem {
    void take() throws IOException;
  }

  static @Nullable String firstField(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren();
      return null;
    }
    return nextField(parser);
  }

  static @Nullable String nextField(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.FIELD_NAME) {
      return null;
    }
    String name = parser.currentName();
    parser.nextToken();
    return name;
  }

  static void eachItem(JsonParser parser, OnItem onItem) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      onItem.take();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      onItem.take();
    }
  }

  /**
   * FHIR has no blank strings (R4, section 2.24.0.1), so one is as good as none: above all a blank
   * identifier must not be taken for a number that two patients share.
   */
  static @Nullable String text(JsonParser parser) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      String text = parser.getText();
      return text.isBlank() ? null : text;
    }
    parser.skipChildren();
    return null;
  }
}
