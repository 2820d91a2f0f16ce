package io.wholechart.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.patient.PatientRecord;
import io.wholechart.patient.Section;
import java.io.IOException;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes everything that the sources disagree on in one list, where a reader finds it before the
 * entries. Each value names its entries by JSON Pointer (RFC 6901) into the answer.
 */
final class ConflictsJson {
  private ConflictsJson() {}

  static void write(JsonGenerator json, PatientRecord record) throws IOException {
    IdentityHashMap<Entry, String> pointers = pointers(record);
    json.writeArrayFieldStart("conflicts");
    for (Conflict conflict : record.conflicts()) {
      json.writeStartObject();
      json.writeStringField("section", conflict.section().key());
      json.writeStringField("kind", conflict.kind().key());
      json.writeStringField("element", conflict.element());
      json.writeArrayFieldStart("values");
      for (Conflict.Claim claim : conflict.claims()) {
        claim(json, claim, pointers);
      }
      json.writeEndArray();
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void claim(
      JsonGenerator json, Conflict.Claim claim, IdentityHashMap<Entry, String> pointers)
      throws IOException {
    json.writeStartObject();
    json.writeStringField("value", claim.value());
    strings(json, "sources", claim.sources());
    json.writeArrayFieldStart("entries");
    for (Entry entry : claim.entries()) {
      @Nullable String pointer = pointers.get(entry);
      if (pointer != null) {
        json.writeString(pointer);
      }
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  static void strings(JsonGenerator json, String field, List<String> strings) throws IOException {
    json.writeArrayFieldStart(field);
    for (String string : strings) {
      json.writeString(string);
    }
    json.writeEndArray();
  }

  /** Where the entries of those sections stand that have a conflict: most charts have none. */
  private static IdentityHashMap<Entry, String> pointers(PatientRecord record) {
    var pointers = new IdentityHashMap<Entry, String>(); // equal entries are two
    Set<Section> sections = EnumSet.noneOf(Section.class);
    record.conflicts().forEach(conflict -> sections.add(conflict.section()));
    for (Section section : sections) {
      String at = "/data/" + section.key();
      if (section == Section.PATIENT) { // one object, however many describe them
        originals(pointers, at, ChartJson.asOne(record.in(section)));
      } else {
        int index = 0;
        for (MergedEntry merged : record.in(section)) {
          originals(pointers, at + "/" + index, merged);
          index++;
        }
      }
    }
    return pointers;
  }

  private static void originals(
      IdentityHashMap<Entry, String> pointers, String at, MergedEntry merged) {
    int index = -1;
    for (Entry original : merged.originals()) {
      pointers.put(original, index < 0 ? at : at + "/also/" + index);
      index++;
    }
  }
}
