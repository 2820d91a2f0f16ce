package io.wholechart.consent;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wholechart.patient.Entry;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What nothing leads to any more: a Medication by the name of which everybody knows what the
 * prescription was for that is kept back.
 *
 * <p>References are found in the text, and only where something is kept back, so that nobody else
 * pays for knowing every reference of every resource.
 */
final class Orphans {
  private static final String REFERENCE = "\"reference\"";

  private final Map<String, Entry> loose = new HashMap<>();
  private final Map<String, Integer> leading = new HashMap<>(); // how many shown ones refer to it
  private final Set<Entry> orphans = Collections.newSetFromMap(new IdentityHashMap<>());

  private Orphans() {}

  /** Those in no section that something kept back refers to, and nothing that is shown. */
  static Set<Entry> of(List<Entry> kept, List<Entry> shown) {
    var orphans = new Orphans();
    for (Entry entry : shown) {
      if (entry.section().isEmpty()) {
        orphans.take(entry);
      }
    }
    if (!orphans.loose.isEmpty()) {
      orphans.follow(kept, shown);
    }
    return orphans.orphans;
  }

  private void take(Entry entry) {
    @Nullable String fullUrl = entry.facts().fullUrl();
    loose.put(entry.facts().type() + "/" + entry.facts().id(), entry);
    if (fullUrl != null) {
      loose.put(name(fullUrl), entry);
    }
  }

  private void follow(List<Entry> kept, List<Entry> shown) {
    for (Entry entry : shown) {
      references(entry).forEach(name -> leading.merge(name, 1, Integer::sum));
    }
    Deque<Entry> open = new ArrayDeque<>(kept);
    while (!open.isEmpty()) {
      for (String name : references(open.remove())) {
        @Nullable Entry entry = loose.get(name);
        if (entry != null && !leading.containsKey(name) && orphans.add(entry)) {
          references(entry).forEach(led -> leading.computeIfPresent(led, (_, n) -> less(n)));
          open.add(entry);
        }
      }
    }
  }

  private static @Nullable Integer less(int count) {
    return count == 1 ? null : Integer.valueOf(count - 1);
  }

  private static List<String> references(Entry entry) {
    String text = new String(entry.bytes().toByteArray(), UTF_8);
    List<String> references = new ArrayList<>();
    for (int at = text.indexOf(REFERENCE); at >= 0; at = text.indexOf(REFERENCE, at)) {
      at += REFERENCE.length();
      int from = text.indexOf('"', at) + 1;
      int to = text.indexOf('"', from);
      if (from > 0 && to > 0) {
        references.add(name(text.substring(from, to).replace("\\/", "/")));
      }
    }
    return references;
  }

  /** Type and id of a reference, whatever server and version it names; a URN as it is. */
  private static String name(String reference) {
    int version = reference.indexOf("/_history/");
    String plain = version < 0 ? reference : reference.substring(0, version);
    int id = plain.lastIndexOf('/');
    return id < 0 ? plain : plain.substring(plain.lastIndexOf('/', id - 1) + 1);
  }
}
