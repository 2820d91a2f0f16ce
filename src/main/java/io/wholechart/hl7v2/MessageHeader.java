package io.wholechart.hl7v2;

import ca.uhn.hl7v2.parser.EncodingCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an MSH segment says that is needed before anything else can be read.
 *
 * @param encoding the separators that the message is written with
 * @param fields MSH's fields; the first separator counts as MSH-1, so MSH-n is at n - 1
 */
record MessageHeader(EncodingCharacters encoding, List<String> fields) {
  private static final String USUAL = "^~\\&";

  MessageHeader {
    fields = List.copyOf(fields);
  }

  /** Reads a header; none where it is cut off before its message type. */
  static Optional<MessageHeader> of(String segment) {
    if (segment.length() < 4) {
      return Optional.empty();
    }
    char separator = segment.charAt(3);
    List<String> fields = fields(segment, separator);
    if (fields.size() < 9 || Character.isLetterOrDigit(separator)) {
      return Optional.empty();
    }
    return Optional.of(
        new MessageHeader(
            new EncodingCharacters(separator, four(fields.get(1), separator)), fields));
  }

  private static List<String> fields(String segment, char separator) {
    List<String> fields = new ArrayList<>();
    int start = 0;
    for (int end = segment.indexOf(separator); end >= 0; end = segment.indexOf(separator, start)) {
      fields.add(segment.substring(start, end));
      start = end + 1;
    }
    fields.add(segment.substring(start));
    return fields;
  }

  /** The four encoding characters; what is missing, twice there or a letter is as usual. */
  private static String four(String sent, char separator) {
    var four = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      char c = i < sent.length() ? sent.charAt(i) : USUAL.charAt(i);
      boolean isFree = four.indexOf("" + c) < 0 && c != separator && !Character.isLetterOrDigit(c);
      four.append(isFree ? c : USUAL.charAt(i));
    }
    return four.toString();
  }

  boolean isResult() {
    return field(9).startsWith("ORU");
  }

  Optional<String> made() {
    return Optional.of(component(field(7))).filter(t -> !t.isEmpty());
  }

  String controlId() {
    return field(10);
  }

  /** MSH-18, the first that is named: the others are for parts that announce themselves. */
  String characterSet() {
    String all = field(18);
    int end = all.indexOf(encoding.getRepetitionSeparator());
    return (end < 0 ? all : all.substring(0, end)).strip();
  }

  private String field(int number) {
    return number <= fields.size() ? fields.get(number - 1) : "";
  }

  private String component(String field) {
    int end = field.indexOf(encoding.getComponentSeparator());
    return end < 0 ? field : field.substring(0, end);
  }
}
