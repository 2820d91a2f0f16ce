package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Reads {@code value[x]} and concepts as words: digits and units as they were sent. */
final class ValueTextReader {
  private final JsonParser parser;

  ValueTextReader(JsonParser parser) {
    this.parser = parser;
  }

  /** Takes the field where it is a value, and else skips it; the parser ends on its last token. */
  @Nullable String read(String field) throws IOException {
    return switch (field) {
      case "valueQuantity" -> quantity();
      case "valueCodeableConcept" -> concept();
      case "valueRange" -> pair("low", "high", " - ");
      case "valueRatio" -> pair("numerator", "denominator", " : ");
      case "valuePeriod" -> pair("start", "end", " - ");
      case "valueString", "valueDateTime", "valueTime", "valueInteger", "valueBoolean" -> scalar();
      case "valueSampledData" -> {
        parser.skipChildren();
        yield "a curve, not shown";
      }
      default -> {
        parser.skipChildren();
        yield null;
      }
    };
  }

  /** The words of a concept: its text, else its first code's name, else that code. */
  @Nullable String concept() throws IOException {
    @Nullable String words = null;
    var codes = new Codes();
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "text" -> words = text(parser);
        case "coding" -> eachItem(parser, () -> coding(codes));
        default -> parser.skipChildren();
      }
    }
    return first(words, first(codes.display, codes.code));
  }

  /** The name of a code, else the code. */
  @Nullable String coding() throws IOException {
    var codes = new Codes();
    coding(codes);
    return first(codes.display, codes.code);
  }

  private static final class Codes {
    private @Nullable String display;
    private @Nullable String code;
  }

  private void coding(Codes codes) throws IOException {
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "display" -> codes.display = first(codes.display, text(parser));
        case "code" -> codes.code = first(codes.code, text(parser));
        default -> parser.skipChildren();
      }
    }
  }

  private static @Nullable String first(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private @Nullable String quantity() throws IOException {
    @Nullable String comparator = null;
    @Nullable String value = null;
    @Nullable String unit = null;
    @Nullable String code = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "comparator" -> comparator = text(parser);
        case "value" -> value = scalar();
        case "unit" -> unit = text(parser);
        case "code" -> code = text(parser);
        default -> parser.skipChildren();
      }
    }
    var words = new StringJoiner(" ").setEmptyValue("");
    add(words, comparator);
    add(words, value);
    add(words, first(unit, code));
    return words.length() == 0 ? null : words.toString();
  }

  private @Nullable String pair(String one, String other, String between) throws IOException {
    @Nullable String left = null;
    @Nullable String right = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals(one)) {
        left = quantityOrText();
      } else if (field.equals(other)) {
        right = quantityOrText();
      } else {
        parser.skipChildren();
      }
    }
    return left == null && right == null
        ? null
        : (left == null ? "" : left) + between + (right == null ? "" : right);
  }

  private @Nullable String quantityOrText() throws IOException {
    return parser.currentToken() == JsonToken.START_OBJECT ? quantity() : scalar();
  }

  private @Nullable String scalar() throws IOException {
    return parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.VALUE_STRING
        ? parser.getText()
        : text(parser);
  }

  private static void add(StringJoiner words, @Nullable String word) {
    if (word != null) {
      words.add(word);
    }
  }
}
