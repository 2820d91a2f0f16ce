package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a chain of lines: what the next line must begin with and hash to. The writer links
 * lines to it, the verifier follows lines with it. Not for several threads.
 */
final class Chain {
  /** More bytes than the longest legal record can take. */
  static final int LONGEST_LINE = 256 * 1024;

  private static final HexFormat HEX = HexFormat.of();
  private static final byte[] HASH_FIELD = ",\"hash\":\"".getBytes(ISO_8859_1);
  private static final byte[] END = "\"}\n".getBytes(ISO_8859_1);
  private static final int VERSION = "{\"v\":".length(); // where its digit stands
  private static final int TAIL = HASH_FIELD.length + 64 + 2; // the hash field and the brace
  private static final Pattern FRAME =
      Pattern.compile(
          "\\{\"v\":[12],\"seq\":([1-9][0-9]{0,17}),\"prev\":\"([0-9a-f]{64})\",.*"
              + ",\"hash\":\"([0-9a-f]{64})\"}");

  private final MessageDigest sha256;
  private long seq;
  private byte[] hash;
  private byte[] opening; // of the next line, up to its record

  private Chain(long seq, byte[] hash) {
    try {
      sha256 = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    this.seq = seq;
    this.hash = hash;
    this.opening = opening();
  }

  /** The chain before its first line. */
  static Chain empty() {
    return new Chain(0, new byte[32]);
  }

  /**
   * The chain that ends with this line, if the line is whole; what came before is not looked at.
   */
  static Optional<Chain> endingWith(byte[] line) {
    Matcher frame = FRAME.matcher(new String(line, ISO_8859_1));
    if (!frame.matches()) {
      return Optional.empty();
    }
    var chain = new Chain(Long.parseLong(frame.group(1)) - 1, HEX.parseHex(frame.group(2)));
    return chain.follow(line, 0, line.length).isEmpty() ? Optional.of(chain) : Optional.empty();
  }

  /** The number of the last line, which is also how many there are. */
  long seq() {
    return seq;
  }

  String hash() {
    return HEX.formatHex(hash);
  }

  /** Adds a line of at most {@link #LONGEST_LINE} bytes for this encoded record. */
  void link(byte[] record, ByteBuffer to) {
    to.put(opening).put(record);
    sha256.update(hash);
    sha256.update(opening);
    advance(sha256.digest(record));
    to.put(HASH_FIELD).put(hash().getBytes(ISO_8859_1)).put(END);
  }

  /** Goes on to this line, without its line feed; what comes back is why that cannot be. */
  Optional<String> follow(byte[] bytes, int from, int to) {
    int hashField = to - TAIL;
    if (to - from <= LONGEST_LINE && beginsWithOpening(bytes, from, hashField)) {
      sha256.update(hash);
      sha256.update(bytes, from, hashField - from);
      byte[] actual = sha256.digest();
      if (isSpelled(actual, bytes, hashField, to)) {
        Version version = Version.of(bytes[from + VERSION]);
        if (FormerText.decode(bytes, from + opening.length, hashField, version).isEmpty()) {
          return Optional.of("hashes well but is not spelled as a record of this journal");
        }
        advance(actual);
        return Optional.empty();
      }
    }
    return Optional.of(fault(bytes, from, to));
  }

  /** What bytes after the last line feed are. */
  enum Remainder {
    /** The beginning of the next line: its write was cut off, so it was never acknowledged. */
    CUT,
    /** The next line, and only its line feed is missing; the chain has gone on to it. */
    WHOLE,
    /** Nothing that a cut write can have left. */
    FOREIGN
  }

  /** Where the bytes end if zeros behind them do not count: some disks leave them, power gone. */
  static int withoutZeros(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && bytes[end - 1] == 0) {
      end--;
    }
    return end;
  }

  /** Says what the bytes after the last line feed are, zeros at their end left out. */
  Remainder judge(byte[] bytes, int from, int to) {
    int end = withoutZeros(bytes, from, to);
    int common = Math.min(opening.length, end - from);
    if (end - from > LONGEST_LINE || !isOpening(bytes, from, common)) {
      return Remainder.FOREIGN;
    }
    int hashField = indexOfHashField(bytes, from, end);
    if (hashField < 0 || end < hashField + TAIL) {
      return Remainder.CUT;
    }
    return follow(bytes, from, end).isEmpty() ? Remainder.WHOLE : Remainder.FOREIGN;
  }

  private void advance(byte[] next) {
    seq++;
    hash = next;
    opening = opening();
  }

  private byte[] opening() {
    return ("{\"v\":"
            + Version.CURRENT.digit()
            + ",\"seq\":"
            + (seq + 1)
            + ",\"prev\":\""
            + hash()
            + "\",")
        .getBytes(ISO_8859_1);
  }

  private boolean beginsWithOpening(byte[] bytes, int from, int hashField) {
    return hashField - from > opening.length && isOpening(bytes, from, opening.length);
  }

  /** Whether the bytes begin as the next line has to, in whichever version. */
  private boolean isOpening(byte[] bytes, int from, int length) {
    if (length <= VERSION) {
      return Arrays.equals(bytes, from, from + length, opening, 0, length);
    }
    byte digit = bytes[from + VERSION];
    return Version.of(digit).digit() == digit
        && Arrays.equals(bytes, from, from + VERSION, opening, 0, VERSION)
        && Arrays.equals(bytes, from + VERSION + 1, from + length, opening, VERSION + 1, length);
  }

  private static boolean isSpelled(byte[] hash, byte[] bytes, int hashField, int to) {
    byte[] field = ("\"hash\":\"" + HEX.formatHex(hash) + "\"}").getBytes(ISO_8859_1);
    return bytes[hashField] == ',' && Arrays.equals(bytes, hashField + 1, to, field, 0, TAIL - 1);
  }

  // Inside a string the quotes would be escaped, so the first one found is the field.
  private static int indexOfHashField(byte[] bytes, int from, int to) {
    for (int i = from; i <= to - HASH_FIELD.length; i++) {
      if (Arrays.equals(bytes, i, i + HASH_FIELD.length, HASH_FIELD, 0, HASH_FIELD.length)) {
        return i;
      }
    }
    return -1;
  }

  /** Finds words for a line that is known not to follow. */
  private String fault(byte[] bytes, int from, int to) {
    if (from == to) {
      return "is blank";
    }
    if (to - from > LONGEST_LINE) {
      return "is longer than any record";
    }
    Matcher frame = FRAME.matcher(new String(bytes, from, to - from, ISO_8859_1));
    if (!frame.matches()) {
      return "is not a record of this journal";
    }
    sha256.update(HEX.parseHex(frame.group(2)));
    sha256.update(bytes, from, to - TAIL - from);
    if (!HEX.formatHex(sha256.digest()).equals(frame.group(3))) {
      return "was changed: its content does not give its hash";
    }
    long found = Long.parseLong(frame.group(1));
    if (found != seq + 1) {
      return "is record %d where record %d is due: lines were taken out, put in or moved"
          .formatted(found, seq + 1);
    }
    return "does not follow the line before it: one of the two was exchanged";
  }
}
