package io.wholechart.hl7v2;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.model.GenericMessage;
import ca.uhn.hl7v2.model.GenericSegment;
import ca.uhn.hl7v2.model.Segment;
import ca.uhn.hl7v2.model.Type;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.GenericModelClassFactory;
import ca.uhn.hl7v2.parser.PipeParser;
import ca.uhn.hl7v2.util.Terser;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
  private final EncodingCharacters encoding;

  private Er7Segment(String name, Segment segment, EncodingCharacters encoding) {
    this.name = name;
    this.segment = segment;
    this.encoding = encoding;
  }

  static Er7Segment parse(String text, EncodingCharacters encoding) throws HL7Exception {
    String name = text.substring(0, 3);
    var message = new GenericMessage.V251(HAPI.getModelClassFactory());
    var segment = new GenericSegment(message, name);
    PARSER.parse(segment, text, encoding);
    return new Er7Segment(name, segment, encoding);
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
      return clean(Terser.get(segment, field, repetition - 1, component, subcomponent));
    } catch (HL7Exception e) {
      return Optional.empty();
    }
  }

  /** A component with everything in it: a subcomponent separator among words is an "and". */
  Optional<String> words(int field, int repetition, int component) {
    if (repetition > repetitions(field)) {
      return Optional.empty();
    }
    try {
      return clean(words(segment.getField(field, repetition - 1), component));
    } catch (HL7Exception e) {
      return Optional.empty();
    }
  }

  /**
   * A field as it was sent, a line a repetition. Text has no components: a separator in it is one
   * that its sender should have escaped, and 10^9 without it would be another number.
   */
  Optional<String> literal(int field) {
    List<String> lines = new ArrayList<>();
    for (int repetition = 1; repetition <= repetitions(field); repetition++) {
      try {
        Type type = segment.getField(field, repetition - 1);
        List<String> parts = new ArrayList<>();
        for (int component = 1; component <= Terser.numComponents(type); component++) {
          parts.add(words(type, component));
        }
        clean(String.join("" + encoding.getComponentSeparator(), parts)).ifPresent(lines::add);
      } catch (HL7Exception e) {
        return Optional.empty();
      }
    }
    return lines.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", lines));
  }

  /** A repetition with all its components, as it would be read aloud. */
  Optional<String> whole(int field, int repetition) {
    List<String> parts = new ArrayList<>();
    for (int component = 1; component <= components(field, repetition); component++) {
      words(field, repetition, component).ifPresent(parts::add);
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", parts));
  }

  private int components(int field, int repetition) {
    try {
      return repetition > repetitions(field)
          ? 0
          : Terser.numComponents(segment.getField(field, repetition - 1));
    } catch (HL7Exception e) {
      return 0;
    }
  }

  private String words(Type type, int component) {
    List<String> parts = new ArrayList<>();
    for (int part = 1; part <= Terser.numSubComponents(type, component); part++) {
      parts.add(
          Objects.requireNonNullElse(Terser.getPrimitive(type, component, part).getValue(), ""));
    }
    return String.join("" + encoding.getSubcomponentSeparator(), parts);
  }

  private Optional<String> clean(@Nullable String text) {
    return Optional.ofNullable(text)
        .map(this::formatted)
        .map(String::strip)
        .filter(t -> !t.isEmpty() && !t.equals("\"\""));
  }

  /** Formatting commands (HL7 v2.5.1, section 2.7): line ends stay, highlighting goes. */
  private String formatted(String text) {
    char escape = encoding.getEscapeCharacter();
    if (text.indexOf(escape) < 0 && text.indexOf('\r') < 0) {
      return text;
    }
    String e = Pattern.quote("" + escape);
    return Pattern.compile(e + "X((?:[0-7][0-9A-Fa-f])+)" + e)
        .matcher(text)
        .replaceAll(hex -> Matcher.quoteReplacement(ascii(hex.group(1))))
        .replaceAll(e + "\\.(?i:br|sp|ce)[+0-9]*" + e, "\n")
        .replaceAll(e + "(H|N|\\.(?i:fi|nf|in[+\\-0-9]*|ti[+\\-0-9]*|sk[+0-9]*))" + e, "")
        .replace("\r\n", "\n")
        .replace('\r', '\n');
  }

  /** Characters that were sent as their numbers; those beyond ASCII stay as they were sent. */
  private static String ascii(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.US_ASCII);
  }
}
