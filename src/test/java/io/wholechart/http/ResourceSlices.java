package io.wholechart.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of every {@code resource} in a body, a Bundle's or an answer's, cut out without the
 * program's reader. What is within a resource is part of it.
 */
final class ResourceSlices {
  private static final JsonFactory JSON = new JsonFactory();

  private ResourceSlices() {}

  static List<String> of(byte[] body) throws IOException {
    List<String> slices = new ArrayList<>();
    try (JsonParser parser = JSON.createParser(body)) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean isResource =
            token == JsonToken.FIELD_NAME && parser.currentName().equals("resource");
        if (isResource && parser.nextToken() == JsonToken.START_OBJECT) {
          int from = (int) parser.currentTokenLocation().getByteOffset();
          parser.skipChildren();
          int to = (int) parser.currentLocation().getByteOffset();
          slices.add(new String(body, from, to - from, StandardCharsets.UTF_8));
        }
      }
    }
    return slices;
  }
}
