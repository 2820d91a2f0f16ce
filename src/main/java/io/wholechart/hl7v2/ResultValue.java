package io.wholechart.hl7v2;

import io.wholechart.fhir.CodedText;
import io.wholechart.fhir.LaboratoryReport.Form;
import io.wholechart.fhir.LaboratoryResult.Unit;
import io.wholechart.fhir.LaboratoryResult.Value;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
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
  private static final String NUMBER =
      "[+-]?(?:\\d{1,30}(?:\\.\\d{0,20})?|\\.\\d{1,20})(?:[eE][+-]?\\d{1,2})?";

  /** The types that are nothing but text; where none is named it is taken for text too. */
  private static final Set<String> WITHOUT_COMPONENTS =
      Set.of("", "ST", "TX", "FT", "NM", "SI", "DT", "TM", "DTM", "ID", "IS");

  private static final Pattern COMPARED = Pattern.compile("(<=|>=|<|>)?\\s*(" + NUMBER + ")");

  static ResultValue of(Er7Segment obx, Hl7Times times) {
    if (obx.repetitions(5) > 1) {
      return text(obx);
    }
    return switch (obx.text(2).orElse("").toUpperCase(Locale.ROOT)) {
      case "NM" -> obx.literal(5).flatMap(t -> number(t, obx)).orElseGet(() -> text(obx));
      case "SN" -> structured(obx).map(ResultValue::of).orElseGet(() -> text(obx));
      case "CE", "CWE", "CNE", "CF", "ID", "IS" -> coded(obx);
      case "DT", "TS", "DTM" -> obx.text(5).flatMap(t -> time(t, times)).orElseGet(() -> text(obx));
      case "TM" ->
          obx.literal(5)
              .flatMap(Hl7Times::timeOfDay)
              .map(t -> of(new Value.Time(t)))
              .orElseGet(() -> text(obx));
      case "ED" -> document(obx).orElseGet(() -> text(obx));
      default -> text(obx);
    };
  }

  private static ResultValue of(Value value) {
    return new ResultValue(value, List.of(), Optional.empty());
  }

  private static Optional<ResultValue> number(String text, Er7Segment obx) {
    Matcher m = COMPARED.matcher(text);
    return m.matches()
        ? Optional.of(of(new Value.Quantity(m.group(2), m.group(1), unit(obx))))
        : Optional.empty();
  }

  /** SN: comparator, number, separator or suffix, number. */
  private static Optional<Value> structured(Er7Segment obx) {
    String comparator = obx.text(5, 1).orElse("");
    Optional<String> first = obx.text(5, 2).filter(t -> t.matches(NUMBER));
    String separator = obx.text(5, 3).orElse("");
    Optional<String> second = obx.text(5, 4).filter(t -> t.matches(NUMBER));
    boolean isCompared = List.of("<", "<=", ">", ">=").contains(comparator);
    if (first.isEmpty() || (!isCompared && !comparator.isEmpty() && !comparator.equals("="))) {
      return Optional.empty();
    }
    if (second.isEmpty() && separator.isEmpty()) {
      return Optional.of(
          new Value.Quantity(first.get(), isCompared ? comparator : null, unit(obx)));
    }
    if (second.isEmpty() || isCompared) {
      return Optional.empty();
    }
    return switch (separator) {
      case "-" -> Optional.of(new Value.Range(first.get(), second.get(), unit(obx)));
      case ":", "/" -> Optional.of(new Value.Ratio(first.get(), second.get()));
      default -> Optional.empty();
    };
  }

  private static ResultValue coded(Er7Segment obx) {
    CodedText concept = Hl7Codes.coded(obx, 5, 1);
    return concept.isEmpty() ? text(obx) : of(new Value.Coded(concept));
  }

  private static Optional<ResultValue> time(String text, Hl7Times times) {
    return times
        .read(text)
        .map(time ->
            new ResultValue(
                new Value.DateTime(time.text()),
                time.isCut() ? List.of("value as sent, without a zone: " + text) : List.of(),
                Optional.empty()));
  }

  /** ED: source, type, subtype, encoding, data. */
  private static Optional<ResultValue> document(Er7Segment obx) {
    Optional<String> data = obx.text(5, 5);
    boolean isBase64 = obx.text(5, 4).filter(e -> e.equalsIgnoreCase("Base64")).isPresent();
    if (data.isEmpty() || !isBase64) {
      return Optional.empty();
    }
    String base64 = data.get().replaceAll("\\s", "");
    try {
      Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
    return Optional.of(
        new ResultValue(
            new Value.Absent("unsupported"),
            List.of("the result is a document; it is among the report's presentedForm"),
            Optional.of(new Form(contentType(obx), base64))));
  }

  /** R4 wants one wherever there is data; this one claims nothing. */
  private static String contentType(Er7Segment obx) {
    String type = obx.text(5, 2).orElse("").toLowerCase(Locale.ROOT);
    String subtype = obx.text(5, 3).orElse("").toLowerCase(Locale.ROOT);
    String whole = type.contains("/") ? type : type + "/" + subtype;
    return whole.matches("(application|text|image|audio|video)/[a-z0-9.+\\-]+")
        ? whole
        : "application/octet-stream";
  }

  private static ResultValue text(Er7Segment obx) {
    if (WITHOUT_COMPONENTS.contains(obx.text(2).orElse("").toUpperCase(Locale.ROOT))) {
      return of(obx.literal(5).<Value>map(Value.Text::new).orElse(new Value.Absent("unknown")));
    }
    List<String> lines = new ArrayList<>();
    for (int repetition = 1; repetition <= obx.repetitions(5); repetition++) {
      obx.whole(5, repetition).ifPresent(lines::add);
    }
    return of(
        lines.isEmpty() ? new Value.Absent("unknown") : new Value.Text(String.join("\n", lines)));
  }

  private static @Nullable Unit unit(Er7Segment obx) {
    return Units.of(obx).orElse(null);
  }
}
