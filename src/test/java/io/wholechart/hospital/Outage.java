package io.wholechart.hospital;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A way in which a source can fail. All but {@link #DOWN} are states of the WireMock scenario
 * {@code outage}; what a state does is written in {@code stubs/&#42;/mappings/outage-*.json}.
 */
public enum Outage {
  /** Accepts the request and never answers. */
  HANG("hang"),
  /** The right answer, after 1200 ms. */
  SLOW("slow"),
  /** The right headers at once, then the right body piece by piece, for longer than a minute. */
  DRIP("drip"),
  /** The server is stopped: connections are refused. */
  DOWN("down"),
  /** The connection is reset instead of an answer. */
  RESET("reset"),
  /** 200 and the right content type, and not one byte. */
  EMPTY("empty"),
  /** Bytes that are no HTTP, then the end of the connection. */
  GARBAGE("garbage"),
  /** 200, the whole length announced, the first half of the right body, then the end. */
  TRUNCATED("truncated"),
  /** 200 and the login page of a proxy. */
  HTML_LOGIN("html-login"),
  /** A well-formed answer about p-1004, whoever was asked for. */
  WRONG_PATIENT("wrong-patient"),
  /** 429 with {@code Retry-After: 7}. */
  THROTTLED("throttled");

  private final String key;

  Outage(String key) {
    this.key = key;
  }

  /** The name on the control socket, and the state of the scenario. */
  public String key() {
    return key;
  }

  public static Optional<Outage> named(String key) {
    return Arrays.stream(values()).filter(o -> o.key.equals(key)).findFirst();
  }

  public static List<String> keys() {
    return Arrays.stream(values()).map(Outage::key).toList();
  }
}
