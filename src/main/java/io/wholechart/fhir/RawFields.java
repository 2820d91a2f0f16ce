package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;

import com.fasterxml.jackson.core.JsonParser;
import io.wholechart.patient.ResourceBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An object's fields and an array's items as the JSON that they came in, digits and all. */
final class RawFields {
  private RawFields() {}

  static Map<String, String> of(ResourceBytes resource) {
    return of(resource.toByteArray());
  }

  static Map<String, String> of(String object) {
    return of(object.getBytes(StandardCharsets.UTF_8));
  }

  /** The items of an array; what is no array is its own only item. */
  static List<String> items(String array) {
    byte[] json = array.getBytes(StandardCharsets.UTF_8);
    List<String> items = new ArrayList<>();
    try (JsonParser parser = PayloadReader.JSON.createParser(json)) {
      parser.nextToken();
      eachItem(parser, () -> items.add(value(parser, json)));
      return items;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read before, from the same text
    }
  }

  private static Map<String, String> of(byte[] json) {
    Map<String, String> fields = new LinkedHashMap<>();
    try (JsonParser parser = PayloadReader.JSON.createParser(json)) {
      parser.nextToken();
      for (var field = firstField(parser); field != null; field = nextField(parser)) {
        fields.putIfAbsent(field, value(parser, json));
      }
      return fields;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read before, from the same bytes
    }
  }

  private static String value(JsonParser parser, byte[] json) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    if (parser.currentToken().isScalarValue()) {
      parser.finishToken(); // a string is read to its end only when it is asked for
    } else {
      parser.skipChildren();
    }
    int to = (int) parser.currentLocation().getByteOffset();
    return new String(json, from, to - from, StandardCharsets.UTF_8).strip();
  }
}
