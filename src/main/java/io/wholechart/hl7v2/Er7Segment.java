package io.wholechart.hl7v2;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A segment, read by position (HL7 v2.5.1, section 2.5). Numbers count from one, as HL7 writes
 * them. What is empty, and HL7's null ({@code ""}), is not there, and so is null here.
 *
 * <p>Only where the fields begin is looked for beforehand, and only what is asked for is cut out: a
 * result has ten fields that we read and five that we do not. HAPI's parser, which builds a model
 * of all of them, took a third of the time of reading a message.
 */
final class Er7Segment {
  private final String text;
  private final EncodingCharacters encoding;
  private final Er7Text words;

  /**
   * Where field n begins, at n; the name is at 0. Behind the last one stands where one more would.
   */
  private int[] starts = new int[24];

  private int fields;

  // The part of the text that is looked at: a field, narrowed down to what is asked for. Kept here
  // rather than in an object for each step, of which a result would make a hundred.
  private int from;
  private int to;

  private Er7Segment(String text, EncodingCharacters encoding) {
    this.text = text;
    this.encoding = encoding;
    this.words = new Er7Text(text, encoding);
    char separator = encoding.getFieldSeparator();
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, at + 1)) {
      begin(at + 1);
    }
    begin(text.length() + 1);
    fields--;
  }

  static Er7Segment parse(String text, EncodingCharacters encoding) {
    return new Er7Segment(text, encoding);
  }

  int repetitions(int field) {
    toField(field);
    return count(encoding.getRepetitionSeparator());
  }

  @Nullable String text(int field) {
    return text(field, 1, 1);
  }

  @Nullable String text(int field, int component) {
    return text(field, 1, component);
  }

  @Nullable String text(int field, int repetition, int component) {
    return text(field, repetition, component, 1);
  }

  @Nullable String text(int field, int repetition, int component, int subcomponent) {
    toComponent(field, repetition, component);
    narrow(encoding.getSubcomponentSeparator(), subcomponent);
    return words();
  }

  /** A component with everything in it: a subcomponent separator among words is an "and". */
  @Nullable String words(int field, int repetition, int component) {
    toComponent(field, repetition, component);
    return words();
  }

  /**
   * A field as it was sent, a line a repetition. Text has no components: a separator in it is one
   * that its sender should have escaped, and 10^9 without it would be another number.
   */
  @Nullable String literal(int field) {
    @Nullable String all = null;
    int repetitions = repetitions(field);
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      toRepetition(field, repetition);
      to = contentEnd(encoding.getComponentSeparator());
      @Nullable String line = words();
      if (line != null) {
        all = all == null ? line : all + "\n" + line;
      }
    }
    return all;
  }

  /** A repetition with all its components, as it would be read aloud. */
  @Nullable String whole(int field, int repetition) {
    List<String> parts = new ArrayList<>();
    toRepetition(field, repetition);
    int components = count(encoding.getComponentSeparator());
    for (int component = 1; component <= components; component++) {
      @Nullable String part = words(field, repetition, component);
      if (part != null) {
        parts.add(part);
      }
    }
    return parts.isEmpty() ? null : String.join(" ", parts);
  }

  private void begin(int at) {
    if (++fields == starts.length) {
      starts = Arrays.copyOf(starts, 2 * fields);
    }
    starts[fields] = at;
  }

  private @Nullable String words() {
    return words.part(from, to);
  }

  private void toField(int number) {
    boolean isThere = number <= fields;
    from = isThere ? starts[number] : 0;
    to = isThere ? starts[number + 1] - 1 : 0;
  }

  private void toRepetition(int field, int number) {
    toField(field);
    narrow(encoding.getRepetitionSeparator(), number);
  }

  private void toComponent(int field, int repetition, int number) {
    toRepetition(field, repetition);
    narrow(encoding.getComponentSeparator(), number);
  }

  /** Goes to the part of that number, from one; to nothing where there are fewer. */
  private void narrow(char separator, int number) {
    for (int i = 1; i < number; i++) {
      int at = text.indexOf(separator, from, to);
      from = at < 0 ? to : at + 1;
    }
    int end = text.indexOf(separator, from, to);
    to = end < 0 ? to : end;
  }

  /** How many parts there are; separators at the end, with nothing behind them, make none. */
  private int count(char separator) {
    int end = contentEnd(separator);
    int count = end == from ? 0 : 1;
    for (int i = from; i < end; i++) {
      count += text.charAt(i) == separator ? 1 : 0;
    }
    return count;
  }

  private int contentEnd(char separator) {
    int end = to;
    while (end > from && text.charAt(end - 1) == separator) {
      end--;
    }
    return end;
  }
}
