package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How far a sink has confirmed the journal.
 *
 * @param seq of the last record that it holds; 0 for none
 * @param place where in the sink that is, in its own spelling; empty where it needs none
 */
record Position(long seq, String place) {
  static final Position START = new Position(0, "");
  private static final Pattern LINE = Pattern.compile("(\\d{1,18})(?: (\\d{1,9}@\\d{1,18}))?\n");

  /** In a partition, which is gone on with at this offset. */
  static Position in(int partition, long offset, long seq) {
    return new Position(seq, partition + "@" + offset);
  }

  Optional<Integer> partition() {
    return place.isEmpty()
        ? Optional.empty()
        : Optional.of(Integer.parseInt(place, 0, place.indexOf('@'), 10));
  }

  long offset() {
    return Long.parseLong(place.substring(place.indexOf('@') + 1));
  }

  static Path file(Path directory, String sink) {
    return directory.resolve("shipped-" + sink);
  }

  /** As the file says; the start where there is none, or none that can be read. */
  static Position read(Path file) throws IOException {
    if (!Files.exists(file)) {
      return START;
    }
    Matcher line = LINE.matcher(Files.readString(file, US_ASCII));
    if (!line.matches()) {
      return START; // the sink itself says what it holds
    }
    return new Position(Long.parseLong(line.group(1)), line.group(2) == null ? "" : line.group(2));
  }

  /**
   * Replaces what the file says. Not synced: after a power failure an older position is found, and
   * the sink is asked anyway.
   */
  void write(Path file) throws IOException {
    Path next = file.resolveSibling(file.getFileName() + ".next");
    Files.writeString(next, place.isEmpty() ? seq + "\n" : seq + " " + place + "\n", US_ASCII);
    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
