package io.wholechart.dicom;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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

  /** A person's name: FAMILY^GIVEN^MIDDLE^PREFIX^SUFFIX, to be read (PS3.5, section 6.2.1). */
  Optional<String> person(String tag) {
    JsonNode name = object.path(tag).path("Value").path(0);
    if (name.isTextual()) { // as files have it, and archives that only copy them: ABC=IDEO=PHON
      return readable(name.asText().replaceFirst("^=*([^=]*).*", "$1"));
    }
    for (String form : List.of("Alphabetic", "Ideographic", "Phonetic")) {
      Optional<String> text = readable(name.path(form).asText(""));
      if (text.isPresent()) {
        return text;
      }
    }
    return Optional.empty();
  }

  private static Optional<String> readable(String name) {
    return Optional.of(name.replaceAll("\\^+", " ").strip()).filter(text -> !text.isEmpty());
  }
}
