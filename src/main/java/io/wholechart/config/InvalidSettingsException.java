package io.wholechart.config;

import java.util.List;

/**
 * A configuration that the service does not start with; the message names every problem, a line
 * each.
 */
public final class InvalidSettingsException extends RuntimeException {
  InvalidSettingsException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
  }
}
