package io.wholechart.hospital;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Locale;
import wiremock.jakarta.servlet.ServletOutputStream;
import wiremock.jakarta.servlet.WriteListener;
import wiremock.jakarta.servlet.http.HttpServletResponse;
import wiremock.jakarta.servlet.http.HttpServletResponseWrapper;

/**
 * An answer on its way out: let through as it is, or, from the moment that it names a faulty
 * delivery, with its body kept back.
 */
final class HeldAnswer extends HttpServletResponseWrapper {
  enum Delivery {
    PROMPT,
    HANG,
    DRIP,
    TRUNCATED
  }

  private Delivery delivery = Delivery.PROMPT;
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  HeldAnswer(HttpServletResponse response) {
    super(response);
  }

  Delivery delivery() {
    return delivery;
  }

  byte[] body() {
    return body.toByteArray();
  }

  @Override
  public void addHeader(String name, String value) {
    if (name.equals(FaultyDelivery.HEADER)) {
      delivery = Delivery.valueOf(value.toUpperCase(Locale.ROOT));
    } else {
      super.addHeader(name, value);
    }
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    return delivery == Delivery.PROMPT ? super.getOutputStream() : new Held();
  }

  private final class Held extends ServletOutputStream {
    @Override
    public void write(int b) {
      body.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      body.write(bytes, offset, length);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      throw new UnsupportedOperationException("WireMock writes blocking");
    }
  }
}
