package io.wholechart.hl7v2;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A segment, read by position (HL7 v2.5.1, section 2.5). Numbers count from one, as HL7 writes
 * them. What is empty, and HL7's null ({@code ""}), is not there.
 *
 * <p>Separators are looked for where something is asked, and nothing is taken apart beforehand: a
 * result has ten fields that we read and five that we do not. HAPI's parser, which builds a model
 * of all of them, took a third of the time of reading a message.
 */
final class Er7Segment {
  private static final int WHOLE = 0; // not a number: all of a level

  private final String name;
  private final List<String> fields; // the name is at 0, so that field n is at n
  private final EncodingCharacters encoding;
  private final Er7Text words;

  private Er7Segment(String text, EncodingCharacters encoding) {
    this.name = text.substring(0, 3);
    this.fields = split(text, encoding.getFieldSeparator());
    this.encoding = encoding;
    this.words = new Er7Text(encoding);
  }

  static Er7Segment parse(String text, EncodingCharacters encoding) {
    return new Er7Segment(text, encoding);
  }

  String name() {
    return name;
  }

  int repetitions(int field) {
    return count(field(field), encoding.getRepetitionSeparator());
  }

  Optional<String> text(int field) {
    return text(field, 1, 1);
  }

  Optional<String> text(int field, int component) {
    return text(field, 1, component);
  }

  Optional<String> text(int field, int repetition, int component) {
    return text(field, repetition, component, 1);
  }

  Optional<String> text(int field, int repetition, int component, int subcomponent) {
    return words.of(part(field, repetition, component, subcomponent));
  }

  /** A component with everything in it: a subcomponent separator among words is an "and". */
  Optional<String> words(int field, int repetition, int component) {
    return words.of(component(field, repetition, component));
  }

  /**
   * A field as it was sent, a line a repetition. Text has no components: a separator in it is one
   * that its sender should have escaped, and 10^9 without it would be another number.
   */
  Optional<String> literal(int field) {
    List<String> lines = new ArrayList<>(1);
    for (int repetition = 1; repetition <= repetitions(field); repetition++) {
      String sent = repetition(field, repetition);
      words
          .of(sent.substring(0, contentEnd(sent, encoding.getComponentSeparator())))
          .ifPresent(lines::add);
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
  }

  /** A repetition with all its components, as it would be read aloud. */
  Optional<String> whole(int field, int repetition) {
    List<String> parts = new ArrayList<>();
    int components = count(repetition(field, repetition), encoding.getComponentSeparator());
    for (int component = 1; component <= components; component++) {
      words(field, repetition, component).ifPresent(parts::add);
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
  }

  private String field(int number) {
    return number < fields.size() ? fields.get(number) : "";
  }

  private String repetition(int field, int number) {
    return part(field, number, WHOLE, WHOLE);
  }

  private String component(int field, int repetition, int number) {
    return part(field, repetition, number, WHOLE);
  }

  /** Narrows a field down, level by level, and cuts once; empty where there are fewer parts. */
  private String part(int field, int repetition, int component, int subcomponent) {
    String text = field(field);
    char[] separators = {
      encoding.getRepetitionSeparator(),
      encoding.getComponentSeparator(),
      encoding.getSubcomponentSeparator()
    };
    int[] numbers = {repetition, component, subcomponent};
    int from = 0;
    int to = text.length();
    for (int level = 0; level < numbers.length && numbers[level] != WHOLE; level++) {
      from = start(text, from, to, separators[level], numbers[level]);
      if (from < 0) {
        return "";
      }
      int end = text.indexOf(separators[level], from, to);
      to = end < 0 ? to : end;
    }
    return text.substring(from, to);
  }

  private static List<String> split(String text, char separator) {
    List<String> parts = new ArrayList<>(24);
    int from = 0;
    for (int at = text.indexOf(separator); at >= 0; at = text.indexOf(separator, from)) {
      parts.add(text.substring(from, at));
      from = at + 1;
    }
    parts.add(text.substring(from));
    return parts;
  }

  /** Where the part of that number begins, from one; negative where there are fewer. */
  private static int start(String text, int from, int to, char separator, int number) {
    int start = from;
    for (int i = 1; i < number; i++) {
      int at = text.indexOf(separator, start, to);
      if (at < 0) {
        return -1;
      }
      start = at + 1;
    }
    return start;
  }

  /** How many parts there are; separators at the end, with nothing behind them, make none. */
  private static int count(String text, char separator) {
    int end = contentEnd(text, separator);
    int count = end == 0 ? 0 : 1;
    for (int i = 0; i < end; i++) {
      count += text.charAt(i) == separator ? 1 : 0;
    }
    return count;
  }

  private static int contentEnd(String text, char separator) {
    int end = text.length();
    while (end > 0 && text.charAt(end - 1) == separator) {
      end--;
    }
    return end;
  }
}
