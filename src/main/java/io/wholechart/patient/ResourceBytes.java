package io.wholechart.patient;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One FHIR resource as the JSON bytes it came in: a window on the body of an upstream answer.
 *
 * <p>A window and not a copy, because a chart of 500 resources is copied once on its way out
 * anyway. The price is that one kept resource keeps its whole page alive; nothing outlives its
 * request, so that is never more than the page that was received.
 */
public final class ResourceBytes implements Comparable<ResourceBytes> {
  private final byte[] body;
  private final int offset;
  private final int length;

  /** The caller gives up the array: it must not be written to again. */
  public ResourceBytes(byte[] body, int offset, int length) {
    if (offset < 0 || length < 2 || length > body.length - offset) {
      throw new IllegalArgumentException(
          "no resource at " + offset + " + " + length + " of " + body.length + " bytes");
    }
    this.body = body;
    this.offset = offset;
    this.length = length;
  }

  public int length() {
    return length;
  }

  public void writeTo(OutputStream out) throws IOException {
    out.write(body, offset, length);
  }

  public byte[] toByteArray() {
    return Arrays.copyOfRange(body, offset, offset + length);
  }

  /** The JSON text; it is the patient's, so for tests and for reading, never for a log. */
  public String json() {
    return new String(body, offset, length, StandardCharsets.UTF_8);
  }

  @Override
  public int compareTo(ResourceBytes that) {
    return Arrays.compare(
        body, offset, offset + length, that.body, that.offset, that.offset + that.length);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ResourceBytes that
        && Arrays.equals(
            body, offset, offset + length, that.body, that.offset, that.offset + that.length);
  }

  @Override
  public int hashCode() {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + body[i];
    }
    return hash;
  }

  @Override
  public String toString() {
    return "ResourceBytes[" + length + "]";
  }
}
