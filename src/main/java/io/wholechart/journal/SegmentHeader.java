package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The first line of a segment: where the chain and the tree stand before its first record, so that
 * a segment can be gone on from, and read, without those before it. It is no record: it has no
 * number, and what it says follows from the records before it, which is how it is verified.
 *
 * @param prev the hash of the last record before it
 * @param salt by which the key of an encrypted segment is made; null where it is readable
 */
@SuppressWarnings("ArrayRecordComponent")
record SegmentHeader(
    String node, int epoch, byte[] prev, CompactRange tree, byte @Nullable [] salt) {
  private static final Pattern LINE =
      Pattern.compile(
          "\\{\"v\":3,\"node\":\"([^\"]{1,63})\",\"epoch\":([1-9][0-9]{0,5}),\"kind\":\"segment\","
              + "\"first\":([1-9][0-9]{0,17}),\"prev\":\"([0-9a-f]{64})\",\"range\":\\[([^]]*)],"
              + "\"salt\":(null|\"([0-9a-f]{64})\")}");

  long first() {
    return tree.size() + 1;
  }

  Chain chain() {
    return new Chain(node, epoch, tree.size(), prev);
  }

  /** Without its line feed. */
  byte[] encode() {
    var range = new StringBuilder();
    for (byte[] hash : tree.largestFirst()) {
      range.append(range.isEmpty() ? "\"" : ",\"").append(Hex.text(hash)).append('"');
    }
    return ("{\"v\":3,\"node\":\"%s\",\"epoch\":%d,\"kind\":\"segment\",\"first\":%d,"
            + "\"prev\":\"%s\",\"range\":[%s],\"salt\":%s}")
        .formatted(
            node,
            epoch,
            first(),
            Hex.text(prev),
            range,
            salt == null ? "null" : "\"" + Hex.text(salt) + "\"")
        .getBytes(ISO_8859_1);
  }

  /** The header that these bytes are the one spelling of, if they are. */
  static Optional<SegmentHeader> decode(byte[] bytes, int from, int to) {
    Matcher line = LINE.matcher(new String(bytes, from, to - from, ISO_8859_1));
    if (!line.matches() || !JournalSettings.isNode(line.group(1))) {
      return Optional.empty();
    }
    try {
      List<byte[]> range = new ArrayList<>();
      for (String hash : line.group(5).isEmpty() ? new String[0] : line.group(5).split(",", -1)) {
        range.add(Hex.bytes(hash.replace("\"", "")));
      }
      String salt = line.group(7);
      var header =
          new SegmentHeader(
              line.group(1),
              Integer.parseInt(line.group(2)),
              Hex.bytes(line.group(4)),
              CompactRange.of(Long.parseLong(line.group(3)) - 1, range),
              salt == null ? null : Hex.bytes(salt));
      byte[] canonical = header.encode();
      return Arrays.equals(canonical, 0, canonical.length, bytes, from, to)
          ? Optional.of(header)
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
