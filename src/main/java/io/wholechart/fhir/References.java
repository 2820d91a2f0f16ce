package io.wholechart.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.wholechart.patient.ResourceBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.Set;

/** Reads what a resource refers to. */
public final class References {
  private References() {}

  /** Every {@code Reference.reference} in it, as it stands there. */
  public static Set<String> in(ResourceBytes resource) {
    Set<String> references = new LinkedHashSet<>();
    try (JsonParser parser = PayloadReader.JSON.createParser(resource.toByteArray())) {
      for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
        boolean isReference =
            token == JsonToken.VALUE_STRING
                && "reference".equals(parser.currentName())
                && parser.getParsingContext().inObject();
        if (isReference) {
          references.add(parser.getText());
        }
      }
      return references;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read before, from the same bytes
    }
  }
}
