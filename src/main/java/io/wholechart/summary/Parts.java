package io.wholechart.summary;

import io.wholechart.fhir.AnswerNames;
import io.wholechart.fhir.References;
import io.wholechart.fhir.Splice;
import io.wholechart.patient.Entry;
import io.wholechart.patient.MergedEntry;
import io.wholechart.summary.SummaryDocument.Part;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The resources of a document, each once, and what can be added to them of a chart. */
final class Parts {
  private final AnswerNames names;
  private final Map<String, Entry> byReference = new HashMap<>();
  private final Map<String, Part> parts = new LinkedHashMap<>();

  Parts(AnswerNames names, List<Entry> chart) {
    this.names = names;
    for (Entry entry : chart) {
      reference(entry).ifPresent(reference -> byReference.put(reference, entry));
    }
  }

  void add(Part part) {
    parts.put(part.reference(), part);
  }

  /** Adds all originals, and lists the first of each group. */
  List<String> list(List<MergedEntry> entries) {
    List<String> references = new ArrayList<>(entries.size());
    for (MergedEntry merged : entries) {
      reference(merged.first()).ifPresent(references::add);
      merged.originals().forEach(this::add);
    }
    return references;
  }

  /** Adds what those that are there refer to, and what that refers to, as far as it was sent. */
  void addWhatIsReferredTo() {
    var unread = new ArrayDeque<>(parts.values());
    while (!unread.isEmpty()) {
      for (String reference : References.in(unread.remove().resource())) {
        @Nullable Entry entry = byReference.get(reference);
        if (entry != null && !parts.containsKey(reference)) {
          add(entry).ifPresent(unread::add);
        }
      }
    }
  }

  List<Part> all() {
    return List.copyOf(parts.values());
  }

  /** What a source's reference leads to, whether or not it is in the document. */
  Optional<Entry> referred(Entry from, String written) {
    return Optional.ofNullable(names.reference(from.source(), written)).map(byReference::get);
  }

  private Optional<String> reference(Entry entry) {
    return Optional.ofNullable(names.id(entry)).map(id -> entry.facts().type() + "/" + id);
  }

  /** Adds an entry; nothing where the very same resource of the same source is there already. */
  private Optional<Part> add(Entry entry) {
    @Nullable String id = names.id(entry);
    if (id == null) {
      return Optional.empty();
    }
    var part = new Part(entry.facts().type(), id, Splice.of(entry, id, names), entry.identity());
    add(part);
    return Optional.of(part);
  }
}
