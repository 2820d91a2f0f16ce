package io.wholechart.hl7v2;

public final class Hl7v2Reader {
  public Hl7v2Reading read(
      byte[] b, java.nio.charset.@org.jspecify.annotations.Nullable Charset c) {
    return new Hl7v2Reading.Unreadable("x");
  }
}
