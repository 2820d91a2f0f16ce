package io.wholechart.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * What is measured: our service as users start it, or a peer.
 *
 * @param version as the report names it
 * @param command what starts it, in a folder that holds {@code wholechart.yaml} and {@code
 *     peer.json}
 * @param authorization what callers show; empty where nothing
 */
record Contender(
    String name, String version, Function<Path, List<String>> command, String authorization) {
  static final String OURS = "Wholechart";
  static final String VERTX = "Vert.x";
  static final String NODE = "Node";

  Contender(String name, String version, Function<Path, List<String>> command) {
    this(name, version, command, "");
  }

  boolean isOurs() {
    return name.startsWith(OURS);
  }

  boolean isJvm() {
    return !name.equals(NODE);
  }
}
