package io.wholechart.hl7v2;

import io.wholechart.fhir.CodedText;
import io.wholechart.fhir.LaboratoryReport.Form;
import io.wholechart.fhir.LaboratoryResult.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What OBX-5 says, by the type that OBX-2 gives it. A value that is not what its type promises is
 * kept as the text that it is.
 *
 * @param notes what the value could not hold
 * @param form a document, for the report
 */
record ResultValue(Value value, List<String> notes, Optional<Form> form) {
  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(?:\\d{1,30}(?:\\.\\d{0,20})?|\\.\\d{1,20})(?:[eE][+-]?\\d{1,2})?");

  private static final Set<String> COMPARATORS = Set.of("<", "<=", ">", ">=");

  /** The types that are nothing but text; where none is named it is taken for text too. */
  private static final Set<String> WITHOUT_COMPONENTS =
      Set.of("", "ST", "TX", "FT", "NM", "SI", "DT", "TM", "DTM", "ID", "IS");

  static ResultValue of(Er7Segment obx, Hl7Times times) {
    if (obx.repetitions(5) > 1) {
      return text(obx);
    }
    @Nullable ResultValue value =
        switch (type(obx)) {
          case "NM" -> number(obx);
          case "SN" -> structured(obx);
          case "CE", "CWE", "CNE", "CF", "ID", "IS" -> coded(obx);
          case "DT", "TS", "DTM" -> time(obx.text(5), times);
          case "TM" -> timeOfDay(obx.literal(5));
          case "ED" -> document(obx);
          default -> null;
        };
    return value == null ? text(obx) : value;
  }

  private static String type(Er7Segment obx) {
    @Nullable String type = obx.text(2);
    return type == null ? "" : type.toUpperCase(Locale.ROOT);
  }

  private static ResultValue of(Value value) {
    return new ResultValue(value, List.of(), Optional.empty());
  }

  private static @Nullable ResultValue number(Er7Segment obx) {
    @Nullable String text = obx.literal(5);
    if (text == null) {
      return null;
    }
    int digits = comparatorEnd(text);
    @Nullable String comparator = digits == 0 ? null : text.substring(0, digits);
    while (digits < text.length() && isBlank(text.charAt(digits))) {
      digits++;
    }
    String number = text.substring(digits);
    return isNumber(number) ? of(new Value.Quantity(number, comparator, Units.of(obx))) : null;
  }

  private static int comparatorEnd(String text) {
    boolean isCompared = text.startsWith("<") || text.startsWith(">");
    return !isCompared ? 0 : text.startsWith("=", 1) ? 2 : 1;
  }

  private static boolean isNumber(String text) {
    return isPlainNumber(text) || NUMBER.matcher(text).matches();
  }

  /** As nearly all are: {@code 140}, {@code 5.10}. What is not may still be a number. */
  private static boolean isPlainNumber(String text) {
    int length = text.length();
    if (length == 0 || length > 20 || !isDigit(text.charAt(0))) {
      return false;
    }
    boolean hasPoint = false;
    for (int i = 1; i < length; i++) {
      char c = text.charAt(i);
      if (!isDigit(c) && (hasPoint || c != '.')) {
        return false;
      }
      hasPoint |= c == '.';
    }
    return true;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** White space as patterns understand it. */
  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** SN: comparator, number, separator or suffix, number. */
  private static @Nullable ResultValue structured(Er7Segment obx) {
    @Nullable String comparator = obx.text(5, 1);
    @Nullable String first = number(obx.text(5, 2));
    @Nullable String separator = obx.text(5, 3);
    @Nullable String second = number(obx.text(5, 4));
    boolean isCompared = comparator != null && COMPARATORS.contains(comparator);
    if (first == null || (comparator != null && !isCompared && !comparator.equals("="))) {
      return null;
    }
    if (second == null) {
      return separator == null
          ? of(new Value.Quantity(first, isCompared ? comparator : null, Units.of(obx)))
          : null;
    }
    return isCompared || separator == null ? null : pair(first, separator, second, obx);
  }

  private static @Nullable String number(@Nullable String text) {
    return text != null && isNumber(text) ? text : null;
  }

  private static @Nullable ResultValue pair(
      String first, String separator, String second, Er7Segment obx) {
    return switch (separator) {
      case "-" -> of(new Value.Range(first, second, Units.of(obx)));
      case ":", "/" -> of(new Value.Ratio(first, second));
      default -> null;
    };
  }

  private static @Nullable ResultValue coded(Er7Segment obx) {
    CodedText concept = Hl7Codes.coded(obx, 5, 1);
    return concept.isEmpty() ? null : of(new Value.Coded(concept));
  }

  private static @Nullable ResultValue time(@Nullable String text, Hl7Times times) {
    if (text == null) {
      return null;
    }
    return times
        .read(text)
        .map(time ->
            new ResultValue(
                new Value.DateTime(time.text()),
                time.isCut() ? List.of("value as sent, without a zone: " + text) : List.of(),
                Optional.empty()))
        .orElse(null);
  }

  private static @Nullable ResultValue timeOfDay(@Nullable String text) {
    return text == null
        ? null
        : Hl7Times.timeOfDay(text).map(time -> of(new Value.Time(time))).orElse(null);
  }

  /** ED: source, type, subtype, encoding, data. */
  private static @Nullable ResultValue document(Er7Segment obx) {
    @Nullable String data = obx.text(5, 5);
    if (data == null || !"Base64".equalsIgnoreCase(obx.text(5, 4))) {
      return null;
    }
    String base64 = data.replaceAll("\\s", "");
    try {
      Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return null;
    }
    return new ResultValue(
        new Value.Absent("unsupported"),
        List.of("the result is a document; it is among the report's presentedForm"),
        Optional.of(new Form(contentType(obx), base64)));
  }

  /** R4 wants one wherever there is data; this one claims nothing. */
  private static String contentType(Er7Segment obx) {
    String type = lowerCase(obx.text(5, 2));
    String whole = type.contains("/") ? type : type + "/" + lowerCase(obx.text(5, 3));
    return whole.matches("(application|text|image|audio|video)/[a-z0-9.+\\-]+")
        ? whole
        : "application/octet-stream";
  }

  private static String lowerCase(@Nullable String text) {
    return text == null ? "" : text.toLowerCase(Locale.ROOT);
  }

  private static ResultValue text(Er7Segment obx) {
    @Nullable String text = WITHOUT_COMPONENTS.contains(type(obx)) ? obx.literal(5) : aloud(obx);
    return of(text == null ? new Value.Absent("unknown") : new Value.Text(text));
  }

  private static @Nullable String aloud(Er7Segment obx) {
    List<String> lines = new ArrayList<>();
    int repetitions = obx.repetitions(5);
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      @Nullable String line = obx.whole(5, repetition);
      if (line != null) {
        lines.add(line);
      }
    }
    return lines.isEmpty() ? null : String.join("\n", lines);
  }
}
