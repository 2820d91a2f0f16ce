package io.wholechart.fhir;

import io.wholechart.patient.Entry;
import io.wholechart.patient.ResourceFacts;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the resources of one answer are called in it, and so what a reference that one source made
 * has to say there.
 *
 * <p>A reference is rewritten whether or not what it leads to is in the answer: the new id follows
 * from the old one alone, so a client that finds the resource later finds it by that name. Left as
 * they are: {@code #contained}, what leads to another system, a search in place of a reference, and
 * a {@code urn:uuid:} that is nobody's {@code fullUrl}. The bases by which a source is known to
 * itself are read off its own full URLs: behind a proxy they are not the URL by which we ask it.
 */
public final class AnswerNames {
  private final IdentityHashMap<Entry, String> ids = new IdentityHashMap<>();
  private final Map<String, OfSource> sources = new HashMap<>();
  private @Nullable String patient;

  private AnswerNames() {}

  /** Names the entries of an answer, of all sources. */
  public static AnswerNames of(List<Entry> entries) {
    var names = new AnswerNames();
    for (Entry entry : entries) {
      names.sources.computeIfAbsent(entry.source(), OfSource::new).name(entry, names.ids);
    }
    return names;
  }

  /**
   * Names the entries of a document, which has one Patient of ours: whom each source's entries are
   * about, by whatever name, is that one.
   */
  public static AnswerNames about(String patient, List<Entry> entries) {
    AnswerNames names = of(entries);
    names.patient = patient;
    for (Entry entry : entries) {
      names.sources.computeIfAbsent(entry.source(), OfSource::new).mind(entry);
      if (entry.facts().type().equals("Patient")) {
        names.ids.put(entry, patient);
      }
    }
    return names;
  }

  /** An entry's id; null where the source sent the very same resource before, byte for byte. */
  public @Nullable String id(Entry entry) {
    return ids.get(entry);
  }

  /** What a source's reference says in the answer; null where it stays as it is. */
  public @Nullable String reference(String source, String written) {
    OfSource its = sources.getOrDefault(source, new OfSource(source));
    @Nullable String named = its.reference(written);
    return patient != null && its.isPatient(written, named) ? "Patient/" + patient : named;
  }

  private static final class OfSource {
    private final String source;
    private final Map<String, Entry> taken = new HashMap<>();
    private final Map<String, String> byFullUrl = new HashMap<>();
    private final Set<String> bases = new HashSet<>();
    private final Set<String> subjects = new HashSet<>();
    private final Set<String> patients = new HashSet<>();

    private OfSource(String source) {
      this.source = source;
    }

    private void name(Entry entry, Map<Entry, String> ids) {
      ResourceFacts facts = entry.facts();
      @Nullable String own = facts.id();
      String id = own == null ? AnswerIds.of(source, entry.bytes()) : AnswerIds.of(source, own);
      @Nullable Entry first = taken.putIfAbsent(facts.type() + "/" + id, entry);
      if (first != null && !first.bytes().equals(entry.bytes())) {
        id = AnswerIds.of(source, entry.bytes());
        first = taken.putIfAbsent(facts.type() + "/" + id, entry);
      }
      if (first == null) {
        ids.put(entry, id);
      }
      if (facts.fullUrl() != null) {
        located(facts.fullUrl(), facts.type(), own, id);
      }
    }

    /** Keeps in mind whom the entry is about, or who it is. */
    private void mind(Entry entry) {
      subjects.addAll(entry.facts().subjects());
      @Nullable String id = entry.facts().id();
      if (id != null && entry.facts().type().equals("Patient")) {
        patients.add("Patient/" + AnswerIds.of(source, id));
      }
    }

    /**
     * Whether a reference is to the patient whose chart this is, and not to a mother or a donor.
     */
    private boolean isPatient(String written, @Nullable String named) {
      String reference = named == null ? written : named;
      int type = reference.lastIndexOf("Patient/");
      return (type == 0 || (type > 0 && reference.charAt(type - 1) == '/'))
          && (subjects.contains(written) || patients.contains(named));
    }

    private void located(String fullUrl, String type, @Nullable String own, String id) {
      byFullUrl.putIfAbsent(fullUrl, type + "/" + id);
      String path = "/" + type + "/" + own;
      if (own != null && fullUrl.startsWith("http") && fullUrl.endsWith(path)) {
        bases.add(fullUrl.substring(0, fullUrl.length() - path.length() + 1));
      }
    }

    private @Nullable String reference(String written) {
      @Nullable String known = byFullUrl.get(written);
      if (known != null) {
        return known;
      }
      if (isRelative(written)) {
        return relative(written);
      }
      for (String base : bases) {
        if (written.startsWith(base)) {
          return relative(written.substring(base.length()));
        }
      }
      return null;
    }

    private static boolean isRelative(String written) {
      return !written.isEmpty() && written.charAt(0) >= 'A' && written.charAt(0) <= 'Z';
    }

    /**
     * {@code Type/id} or {@code Type/id/_history/version}; nothing else is a relative reference.
     */
    private @Nullable String relative(String written) {
      int slash = written.indexOf('/');
      if (slash <= 0 || !isType(written, slash) || written.indexOf('?') >= 0) {
        return null;
      }
      int end = written.indexOf('/', slash + 1);
      end = end < 0 ? written.length() : end;
      boolean isWhole = end == written.length() || written.startsWith("/_history/", end);
      if (!isWhole || end == slash + 1 || written.indexOf('#') >= 0) {
        return null;
      }
      String id = AnswerIds.of(source, written.substring(slash + 1, end));
      return written.substring(0, slash + 1) + id + written.substring(end);
    }

    private static boolean isType(String written, int end) {
      for (int i = 0; i < end; i++) {
        char c = written.charAt(i);
        if (!(c >= 'A' && c <= 'Z') && !(i > 0 && c >= 'a' && c <= 'z')) {
          return false;
        }
      }
      return true;
    }
  }
}
