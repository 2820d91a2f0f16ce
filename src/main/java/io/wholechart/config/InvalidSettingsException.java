package io.wholechart.config;

public final class InvalidSettingsException extends RuntimeException {
  public InvalidSettingsException(String m) {
    super(m);
  }
}
