package io.wholechart.http;

import java.time.Duration;

/**
 * The block {@code edge}: what a client may cost before it has asked for anything that is served.
 *
 * @param maxConnections beyond them, whoever connects waits in the system's queue
 * @param maxUriBytes of the request line
 * @param maxHeaderBytes of all headers together
 * @param headerTimeout from a request's first byte to the end of its headers
 * @param bodyTimeout from the end of its headers to the end of its body
 * @param idleTimeout between two requests
 * @param writeTimeout for a client to take 32 KiB of its answer
 * @param stopPause between readiness turning 503 and the closing of the socket
 */
public record EdgeSettings(
    int maxConnections,
    int maxUriBytes,
    int maxHeaderBytes,
    int maxHeaders,
    int maxBodyBytes,
    Duration headerTimeout,
    Duration bodyTimeout,
    Duration idleTimeout,
    Duration writeTimeout,
    Duration stopPause) {
  public EdgeSettings {
    require("maxConnections", maxConnections, 10, 1_000_000);
    require("maxUriBytes", maxUriBytes, 256, 1 << 20);
    require("maxHeaderBytes", maxHeaderBytes, 1024, 1 << 20);
    require("maxHeaders", maxHeaders, 10, 10_000);
    require("maxBodyBytes", maxBodyBytes, 1024, 1 << 24);
    require("headerTimeout", headerTimeout);
    require("bodyTimeout", bodyTimeout);
    require("idleTimeout", idleTimeout);
    require("writeTimeout", writeTimeout);
    if (stopPause.isNegative() || stopPause.compareTo(Duration.ofMinutes(1)) > 0) {
      throw new IllegalArgumentException("stopPause must lie between 0s and 1m");
    }
  }

  private static void require(String key, int number, int least, int most) {
    if (number < least || number > most) {
      throw new IllegalArgumentException(key + " must lie between " + least + " and " + most);
    }
  }

  private static void require(String key, Duration timeout) {
    if (timeout.compareTo(Duration.ofMillis(100)) < 0
        || timeout.compareTo(Duration.ofHours(1)) > 0) {
      throw new IllegalArgumentException(key + " must lie between 100ms and 1h");
    }
  }
}
