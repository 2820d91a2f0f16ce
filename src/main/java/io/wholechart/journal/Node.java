package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.jspecify.annotations.Nullable;

/** The name of the node whose journal a directory holds: kept beside it, since it never changes. */
final class Node {
  private static final SecureRandom RANDOM = new SecureRandom();

  private Node() {}

  static String of(Path directory, @Nullable String configured) throws IOException {
    Path file = directory.resolve("node");
    if (!Files.exists(file)) {
      String name = configured == null ? random() : configured;
      JournalDirectory.write(file, name + "\n");
      return name;
    }
    String kept = new String(Files.readAllBytes(file), US_ASCII).strip();
    if (!JournalSettings.isNode(kept) || (configured != null && !configured.equals(kept))) {
      throw new JournalUnavailableException(
          directory,
          "it is the journal of another node than audit.node names; give this node its own"
              + " audit.directory");
    }
    return kept;
  }

  private static String random() {
    return "node-%08x".formatted(RANDOM.nextInt());
  }
}
