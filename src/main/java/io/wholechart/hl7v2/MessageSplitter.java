package io.wholechart.hl7v2;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Splits a body into messages of lines. Senders forget to escape line ends, so a line is a segment
 * only where it has the message's own separator: "NOT detected" below a result is its second line.
 */
final class MessageSplitter {
  /** What may stand on a line without any field; "NEG" or "POS" alone is somebody's finding. */
  private static final Set<String> KNOWN = Set.of("PID", "PV1", "ORC", "OBR", "OBX", "NTE", "SPM");

  private final List<List<String>> messages = new ArrayList<>();
  private @Nullable List<String> current;
  private char separator;
  private char batchSeparator;
  private boolean isHl7;
  private boolean isClosed;
  private int inBatch;
  private int cutOff;

  private int linesLeft;
  private @Nullable StringBuilder longLast; // the last segment, while lines are added to it

  private MessageSplitter(int maxLines) {
    this.linesLeft = maxLines;
  }

  /**
   * Splits a text; one character a byte, since the character sets are not known yet.
   *
   * @param maxLines that are looked at
   */
  static MessageSplitter split(String text, int maxLines) {
    var splitter = new MessageSplitter(maxLines);
    String unframed = // of a byte order mark, and of what MLLP puts around a message
        text.replace("\u00EF\u00BB\u00BF", "").replace("\u000B", "").replace("\u001C", "");
    int from = 0;
    for (int at = 0; at < unframed.length() && !splitter.isTooLong(); at++) {
      char c = unframed.charAt(at);
      if (c == '\r' || c == '\n') {
        splitter.take(unframed.substring(from, at));
        at += unframed.startsWith("\r\n", at) ? 1 : 0;
        from = at + 1;
      }
    }
    splitter.take(unframed.substring(from));
    splitter.endSegment();
    // Trailers are optional, but an envelope that holds nothing and does not end says nothing:
    // "there are no results" must not be read out of a body that was cut off.
    if (splitter.isHl7 && splitter.messages.isEmpty() && !splitter.isClosed) {
      splitter.cutOff++;
    }
    return splitter;
  }

  /** Whether there were more lines, and not all of them were looked at. */
  boolean isTooLong() {
    return linesLeft < 0;
  }

  /** Whether there was any message or envelope. */
  boolean isHl7() {
    return isHl7;
  }

  List<List<String>> messages() {
    return messages;
  }

  /** Envelopes that hold fewer messages than they say. */
  int cutOff() {
    return cutOff;
  }

  private void take(String line) {
    linesLeft -= line.isEmpty() ? 0 : 1;
    String segment = line.stripLeading();
    String name = segment.substring(0, Math.min(3, segment.length()));
    char next = segment.length() > 3 ? segment.charAt(3) : 0;
    if (name.equals("MSH") && (current == null || !Character.isLetterOrDigit(next))) {
      message(segment, next);
    } else if ((name.equals("FHS") || name.equals("BHS")) && isSeparator(next)) {
      endSegment();
      batchSeparator = next;
      inBatch = 0;
      current = null;
      isHl7 = true;
    } else if ((name.equals("BTS") || name.equals("FTS")) && endsBatch(next)) {
      trailer(name, segment);
    } else if (current != null && name.equals("ADD") && next == separator) {
      add(segment.substring(4)); // HL7's own way to continue a field that is too long
    } else if (current != null && isSegment(name, next)) {
      endSegment();
      current.add(segment);
    } else if (current != null && !line.isBlank()) {
      // A line end inside a field, which the sender should have escaped: it belongs to the
      // segment before.
      add("\n" + line);
    }
  }

  private void message(String segment, char next) {
    endSegment();
    current = new ArrayList<>(List.of(segment));
    messages.add(current);
    separator = next;
    inBatch++;
    isHl7 = true;
  }

  private void trailer(String name, String segment) {
    endSegment();
    if (name.equals("BTS") && segment.length() > 4) {
      String count = segment.substring(4).split(Pattern.quote("" + segment.charAt(3)), 2)[0];
      cutOff += count.matches("\\d{1,9}") && Integer.parseInt(count) > inBatch ? 1 : 0;
    }
    inBatch = 0;
    current = null;
    isHl7 = true;
    isClosed = true;
  }

  private boolean isSegment(String name, char next) {
    return isName(name) && (next == 0 ? KNOWN.contains(name) : next == separator);
  }

  /** A letter and two letters or digits. */
  private static boolean isName(String name) {
    return name.length() == 3
        && isCapital(name.charAt(0))
        && (isCapital(name.charAt(1)) || isDigit(name.charAt(1)))
        && (isCapital(name.charAt(2)) || isDigit(name.charAt(2)));
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private boolean endsBatch(char next) {
    return next == 0 || (isSeparator(next) && (next == batchSeparator || next == separator));
  }

  private static boolean isSeparator(char next) {
    return next != 0 && !Character.isLetterOrDigit(next) && !Character.isWhitespace(next);
  }

  private void add(String more) {
    if (current != null) {
      if (longLast == null) {
        longLast = new StringBuilder(current.getLast());
      }
      longLast.append(more); // text after text would copy the whole for every line
    }
  }

  private void endSegment() {
    if (current != null && longLast != null) {
      current.set(current.size() - 1, longLast.toString());
    }
    longLast = null;
  }
}
