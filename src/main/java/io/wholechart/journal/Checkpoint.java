package io.wholechart.journal;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.Optional;

/**
 * What a node has signed for: that its log had this many records with this root of their tree.
 * Spelled after C2SP tlog-checkpoint, with three extension lines.
 *
 * @param root of the Merkle tree
 * @param epoch whose key signed
 * @param at cut to milliseconds
 * @param last the SHA-256 of the note before it, so that none can be taken out unseen
 */
@SuppressWarnings("ArrayRecordComponent")
record Checkpoint(String origin, long size, byte[] root, int epoch, Instant at, byte[] last) {
  private static final int HASH_BYTES = 32;

  Checkpoint {
    at = at.truncatedTo(ChronoUnit.MILLIS);
  }

  static String origin(String node) {
    return "wholechart/audit/" + node;
  }

  String text() {
    return "%s\n%d\n%s\nepoch %d\ntime %s\nlast %s\n"
        .formatted(
            origin, size, Base64.getEncoder().encodeToString(root), epoch, at, Hex.text(last));
  }

  /** The checkpoint that this text is the one spelling of, if it is. */
  static Optional<Checkpoint> decode(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length != 7
        || !lines[3].startsWith("epoch ")
        || !lines[4].startsWith("time ")
        || !lines[5].startsWith("last ")) {
      return Optional.empty();
    }
    try {
      var checkpoint =
          new Checkpoint(
              lines[0],
              Long.parseLong(lines[1]),
              Base64.getDecoder().decode(lines[2]),
              Integer.parseInt(lines[3].substring("epoch ".length())),
              Instant.parse(lines[4].substring("time ".length())),
              Hex.bytes(lines[5].substring("last ".length())));
      return checkpoint.text().equals(text)
              && checkpoint.size >= 0
              && checkpoint.epoch >= 1
              && checkpoint.root.length == HASH_BYTES
              && checkpoint.last.length == HASH_BYTES
          ? Optional.of(checkpoint)
          : Optional.empty();
    } catch (IllegalArgumentException | DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
