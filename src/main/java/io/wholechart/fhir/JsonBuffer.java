package io.wholechart.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects, written one after the other into one array. What is null or empty is left out, as
 * FHIR wants it.
 */
final class JsonBuffer {
  private static final JsonFactory JSON =
      new JsonFactoryBuilder()
          .enable(
              JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8) // four bytes, not two escapes
          .rootValueSeparator("") // nothing between two objects
          .build();

  private final Bytes out = new Bytes();
  private JsonGenerator json = generator();

  private static final class Bytes extends ByteArrayOutputStream {
    private Bytes() {
      super(8 * 1024); // about ten resources
    }

    private void truncate(int size) {
      count = size;
    }
  }

  private JsonGenerator generator() {
    try {
      return JSON.createGenerator(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
  }

  private interface Writing {
    void run() throws IOException;
  }

  private JsonBuffer write(Writing writing) {
    try {
      writing.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
  }

  /** Where the next object will begin, or the last one has ended. */
  int size() {
    write(json::flush);
    return out.size();
  }

  /** Takes back what was written since; an object that was left half-way is gone with it. */
  void truncate(int size) {
    out.truncate(size);
    json = generator();
  }

  byte[] toByteArray() {
    write(json::flush);
    return out.toByteArray();
  }

  JsonBuffer text(String name, @Nullable String value) {
    return value == null || value.isEmpty()
        ? this
        : write(() -> json.writeStringField(name, value));
  }

  JsonBuffer item(String value) {
    return write(() -> json.writeString(value));
  }

  JsonBuffer number(String name, @Nullable Integer value) {
    return value == null ? this : write(() -> json.writeNumberField(name, value));
  }

  JsonBuffer number(String name, BigDecimal value) {
    return write(() -> json.writeNumberField(name, value));
  }

  /** Begins an object: a field's, or in a list, or by itself, without a name. */
  JsonBuffer open(@Nullable String name) {
    return write(() -> {
      if (name != null) {
        json.writeFieldName(name);
      }
      json.writeStartObject();
    });
  }

  JsonBuffer close() {
    return write(json::writeEndObject);
  }

  JsonBuffer openList(String name) {
    return write(() -> json.writeArrayFieldStart(name));
  }

  JsonBuffer closeList() {
    return write(json::writeEndArray);
  }
}
