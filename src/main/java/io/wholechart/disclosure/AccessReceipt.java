package io.wholechart.disclosure;

import java.util.Optional;

/**
 * What {@code X-Audit-Receipt} says: where in which log an answer stands.
 *
 * @param seq of the record of the answer
 * @param size of the log at the last signed checkpoint before it
 */
public record AccessReceipt(String node, long seq, long size) {
  /** Reads one as an answer carried it; nothing where it is none. */
  public static Optional<AccessReceipt> parse(String text) {
    String[] parts = text.strip().split(";", -1);
    if (parts.length != 3
        || parts[0].isEmpty()
        || !parts[1].startsWith("seq=")
        || !parts[2].startsWith("size=")) {
      return Optional.empty();
    }
    try {
      long seq = Long.parseLong(parts[1].substring("seq=".length()));
      long size = Long.parseLong(parts[2].substring("size=".length()));
      return seq < 1 || size < 0
          ? Optional.empty()
          : Optional.of(new AccessReceipt(parts[0], seq, size));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
