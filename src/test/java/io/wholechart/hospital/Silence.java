package io.wholechart.hospital;

import com.github.tomakehurst.wiremock.common.Notifier;

/** Keeps WireMock quiet: it would report every client that left, which is what clients do here. */
enum Silence implements Notifier {
  INSTANCE;

  @Override
  public void info(String message) {}

  @Override
  public void error(String message) {}

  @Override
  public void error(String message, Throwable cause) {}
}
