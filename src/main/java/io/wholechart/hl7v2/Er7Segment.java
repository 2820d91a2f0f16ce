package io.wholechart.hl7v2;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.GenericSegment;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A segment, read by position. Numbers count from one, as HL7 writes them. What is empty, and HL7's
 * null ({@code ""}), is not there.
 */
final class Er7Segment {
  // Segments are parsed one by one into generic ones: no version's structure is imposed on them.
  private static final DefaultHapiContext HAPI =
      new DefaultHapiContext(new GenericModelClassFactory());
  private static final PipeParser PARSER = HAPI.getPipeParser();

  private final String name;
  private final Segment segment;
  private final char escape;

  private Er7Segment(String name, Segment segment, char escape) {
    this.name = name;
    this.segment = segment;
    this.escape = escape;
  }

  static Er7Segment parse(String text, EncodingCharacters encoding) throws HL7Exception {
    String name = text.substring(0, 3);
    var message = new GenericMessage.V251(HAPI.getModelClassFactory());
    var segment = new GenericSegment(message, name);
    PARSER.parse(segment, text, encoding);
    return new Er7Segment(name, segment, encoding.getEscapeCharacter());
  }

  String name() {
    return name;
  }

  int repetitions(int field) {
    try {
      return segment.numFields() < field ? 0 : segment.getField(field).length;
    } catch (HL7Exception e) {
      return 0;
    }
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
    if (repetition > repetitions(field)) {
      return Optional.empty();
    }
    try {
      String text = Terser.get(segment, field, repetition - 1, component, subcomponent);
      return Optional.ofNullable(text)
          .map(this::formatted)
          .map(String::strip)
          .filter(t -> !t.isEmpty() && !t.equals("\"\""));
    } catch (HL7Exception e) {
      return Optional.empty();
    }
  }

  /** A repetition with all its components, as it would be read aloud. */
  Optional<String> whole(int field, int repetition) {
    List<String> parts = new ArrayList<>();
    for (int component = 1; component <= 9; component++) {
      text(field, repetition, component).ifPresent(parts::add);
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
  }

  /** Formatting commands (HL7 v2.5.1, section 2.7): line ends stay, highlighting goes. */
  private String formatted(String text) {
    if (text.indexOf(escape) < 0 && text.indexOf('\r') < 0) {
      return text;
    }
    String e = java.util.regex.Pattern.quote("" + escape);
    return text.replaceAll(e + "\\.(br|sp|ce)[+0-9]*" + e, "\n")
        .replaceAll(e + "(H|N|\\.(fi|nf|in[+\\-0-9]*|ti[+\\-0-9]*|sk[+0-9]*))" + e, "")
        .replace('\r', '\n');
  }
}
