package io.wholechart.dicom;

import com.fasterxml.jackson.databind.JsonNode;
import io.wholechart.patient.PersonName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The attributes of one object of DICOM JSON, by tag. Empty and null values are not there. */
record Attributes(JsonNode object) {

  Optional<String> text(String tag) {
    return texts(tag).stream().findFirst();
  }

  List<String> texts(String tag) {
    List<String> texts = new ArrayList<>();
    for (JsonNode value : object.path(tag).path("Value")) {
      // Numbers come as numbers or, where an archive is careful about precision, as text.
      String text = value.isValueNode() && !value.isNull() ? value.asText().strip() : "";
      if (!text.isEmpty()) {
        texts.add(text);
      }
    }
    return texts;
  }

  Optional<Integer> number(String tag) {
    return text(tag).filter(t -> t.matches("[0-9]{1,9}")).map(Integer::valueOf);
  }

  /** A person's name, to be read. */
  Optional<String> person(String tag) {
    return name(tag).map(name -> name.replaceAll("\\^+", " ").strip());
  }

  /** A person's name, to be compared. */
  Optional<PersonName> personName(String tag) {
    return name(tag)
        .map(name -> {
          String[] parts = name.split("\\^", -1);
          String given =
              (parts.length > 1 ? parts[1] : "") + (parts.length > 2 ? " " + parts[2] : "");
          return new PersonName(filled(parts[0]), filled(given), false);
        });
  }

  /** FAMILY^GIVEN^MIDDLE^PREFIX^SUFFIX as sent, of more than separators (PS3.5, section 6.2.1). */
  private Optional<String> name(String tag) {
    JsonNode name = object.path(tag).path("Value").path(0);
    if (name.isTextual()) { // as files have it, and archives that only copy them: ABC=IDEO=PHON
      return Optional.of(name.asText().replaceFirst("^=*([^=]*).*", "$1"))
          .filter(Attributes::isReadable);
    }
    for (String form : List.of("Alphabetic", "Ideographic", "Phonetic")) {
      String text = name.path(form).asText("");
      if (isReadable(text)) {
        return Optional.of(text);
      }
    }
    return Optional.empty();
  }

  private static boolean isReadable(String name) {
    return !name.replace("^", "").isBlank();
  }

  private static @Nullable String filled(String text) {
    return text.isBlank() ? null : text.strip();
  }
}
