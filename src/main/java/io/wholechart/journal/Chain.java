package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a chain of lines: what the next line must begin with and hash to. The writer links
 * lines to it, the readers follow lines with it. Not for several threads.
 */
final class Chain {
  /** More bytes than any line has. */
  static final int LONGEST_LINE = 256 * 1024;

  /** What a content may have of them. */
  static final int LONGEST_CONTENT = LONGEST_LINE - 1024;

  private static final byte[] PREV_FIELD = ",\"prev\":\"".getBytes(ISO_8859_1);
  private static final byte[] HASH_FIELD = ",\"hash\":\"".getBytes(ISO_8859_1);
  private static final byte[] END = "\"}\n".getBytes(ISO_8859_1);
  private static final int TAIL = HASH_FIELD.length + 64 + 2; // the hash field and the brace
  private static final int MOST_DIGITS = 18;
  private static final Pattern FRAME =
      Pattern.compile(
          "\\{\"v\":3,\"node\":\"([^\"]{1,63})\",\"epoch\":([1-9][0-9]{0,5}),"
              + "\"seq\":([1-9][0-9]{0,17}),\"prev\":\"([0-9a-f]{64})\",.*"
              + ",\"hash\":\"([0-9a-f]{64})\"}");

  private final String node;
  private final int epoch;
  private final Hashing hashing = new Hashing();
  private final byte[] opening; // of the next line, up to its content
  private final int seqAt; // where in it the number stands
  private int openingLength;
  private long seq;
  private byte[] hash;
  private int contentFrom;
  private int contentTo;

  /** The chain whose last line has this number and hash, on the way to lines of this epoch. */
  Chain(String node, int epoch, long seq, byte[] hash) {
    this.node = node;
    this.epoch = epoch;
    byte[] head =
        ("{\"v\":3,\"node\":\"" + node + "\",\"epoch\":" + epoch + ",\"seq\":")
            .getBytes(ISO_8859_1);
    this.seqAt = head.length;
    this.opening = Arrays.copyOf(head, head.length + MOST_DIGITS + PREV_FIELD.length + 64 + 2);
    this.seq = seq;
    this.hash = hash;
    makeOpening();
  }

  /** The number of the last line, which is also how many there ever were. */
  long seq() {
    return seq;
  }

  /** Of the last line. */
  byte[] hash() {
    return hash;
  }

  /** Adds a line of at most {@link #LONGEST_LINE} bytes to an array's buffer; answers its hash. */
  byte[] link(byte[] content, ByteBuffer to) {
    int from = to.arrayOffset() + to.position();
    to.put(opening, 0, openingLength).put(content);
    byte[] leaf = hashing.leaf(to.array(), from, to.arrayOffset() + to.position());
    to.put(HASH_FIELD);
    Hex.put(leaf, to);
    to.put(END);
    advance(leaf);
    return leaf;
  }

  /** Goes on to this line, without its line feed; what comes back is why that cannot be. */
  Optional<Fault> follow(byte[] bytes, int from, int to) {
    int hashField = to - TAIL;
    if (to - from <= LONGEST_LINE
        && hashField - from > openingLength
        && isOpening(bytes, from, openingLength)) {
      byte[] actual = hashing.leaf(bytes, from, hashField);
      if (isSpelled(actual, bytes, hashField, to)) {
        contentFrom = from + openingLength;
        contentTo = hashField;
        advance(actual);
        return Optional.empty();
      }
    }
    return Optional.of(fault(bytes, from, to));
  }

  /** Where the content of the line begins that was followed last. */
  int contentFrom() {
    return contentFrom;
  }

  int contentTo() {
    return contentTo;
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
    int common = Math.min(openingLength, end - from);
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
    makeOpening();
  }

  private void makeOpening() {
    int at = seqAt + putNumber(seq + 1, opening, seqAt);
    System.arraycopy(PREV_FIELD, 0, opening, at, PREV_FIELD.length);
    at += PREV_FIELD.length;
    Hex.put(hash, opening, at);
    at += 64;
    opening[at++] = '"';
    opening[at++] = ',';
    openingLength = at;
  }

  private static int putNumber(long number, byte[] to, int at) {
    int length = 1;
    for (long rest = number; rest >= 10; rest /= 10) {
      length++;
    }
    long rest = number;
    for (int i = at + length - 1; i >= at; i--) {
      to[i] = (byte) ('0' + rest % 10);
      rest /= 10;
    }
    return length;
  }

  private boolean isOpening(byte[] bytes, int from, int length) {
    return Arrays.equals(bytes, from, from + length, opening, 0, length);
  }

  private static boolean isSpelled(byte[] hash, byte[] bytes, int hashField, int to) {
    int digits = hashField + HASH_FIELD.length;
    return Arrays.equals(bytes, hashField, digits, HASH_FIELD, 0, HASH_FIELD.length)
        && Hex.isAt(bytes, digits, hash)
        && bytes[to - 2] == '"'
        && bytes[to - 1] == '}';
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
  private Fault fault(byte[] bytes, int from, int to) {
    if (from == to) {
      return Fault.altered("is blank");
    }
    if (to - from > LONGEST_LINE) {
      return Fault.altered("is longer than any line");
    }
    Matcher frame = FRAME.matcher(new String(bytes, from, to - from, ISO_8859_1));
    if (!frame.matches()) {
      return Fault.altered("is not a line of this journal");
    }
    byte[] actual = hashing.leaf(bytes, from, to - TAIL);
    if (!Hex.text(actual).equals(frame.group(5))) {
      return Fault.altered("was changed: its content does not give its hash");
    }
    if (!frame.group(1).equals(node) || !frame.group(2).equals(Integer.toString(epoch))) {
      return new Fault(Fault.Kind.WRONG_EPOCH, "is of another node or key epoch than its file");
    }
    long found = Long.parseLong(frame.group(3));
    if (found > seq + 1) {
      return new Fault(
          Fault.Kind.GAP,
          "is record %d where record %d is due: lines were taken out or moved"
              .formatted(found, seq + 1));
    }
    if (found < seq + 1) {
      return Fault.altered(
          "is record %d where record %d is due: it was put in or moved".formatted(found, seq + 1));
    }
    return new Fault(
        Fault.Kind.FORKED, "does not follow the line before it: one of the two was exchanged");
  }
}
