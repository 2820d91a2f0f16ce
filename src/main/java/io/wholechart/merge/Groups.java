package io.wholechart.merge;

import io.wholechart.patient.Entry;
import io.wholechart.patient.Section;
import io.wholechart.patient.Stated;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Decides what of the entries that are tied together is a group: entries of different sources, at
 * most one of each, since two equal entries of one source are two events there.
 *
 * <p>Where it is not clear who belongs with whom, nobody is grouped. Two results that differ in
 * their values never are: the second would be out of sight. Drugs are grouped whatever is said of
 * the dosage, since no two systems word it alike and a drug that is shown twice may be given twice;
 * a difference is listed as a conflict.
 */
final class Groups {
  /** Any order will do that does not depend on who answered first. */
  private static final Comparator<Tied> BY_CONTENT =
      Comparator.comparing(
              (Tied tied) -> tied.entry().facts().id(),
              Comparator.nullsFirst(Comparator.<String>naturalOrder()))
          .thenComparing(tied -> tied.entry().bytes());

  private Groups() {}

  static void of(Section section, List<Tied> together) {
    if (!haveOneSubject(together)) {
      // The first is like the second and the second like the third, which is not like the first.
      partition(together, tied -> Set.copyOf(tied.subjects()), alike -> of(section, alike));
      return;
    }
    boolean isOneOfEach = isOneOfEach(together);
    if (isOneOfEach && (section == Section.MEDICATIONS || stateTheSame(together))) {
      Tied.group(together);
      return;
    }
    partition(together, tied -> Optional.ofNullable(stated(tied)), Groups::pair);
  }

  private static void partition(
      List<Tied> together, Function<Tied, Object> by, Consumer<List<Tied>> each) {
    Map<Object, List<Tied>> parts = new LinkedHashMap<>();
    for (Tied tied : together) {
      parts.computeIfAbsent(by.apply(tied), _ -> new ArrayList<>(2)).add(tied);
    }
    for (List<Tied> part : parts.values()) {
      if (part.size() > 1) {
        each.accept(part);
      }
    }
  }

  /** Those of the sources that have one, then those of the sources that have a second one. */
  private static void pair(List<Tied> alike) {
    Map<String, List<Tied>> bySource = new LinkedHashMap<>();
    for (Tied tied : alike) {
      bySource.computeIfAbsent(tied.entry().source(), _ -> new ArrayList<>(2)).add(tied);
    }
    Collection<List<Tied>> sources = bySource.values();
    if (sources.size() == 1) {
      return;
    }
    sources.forEach(its -> its.sort(BY_CONTENT));
    for (int i = 0; ; i++) {
      List<Tied> group = new ArrayList<>(sources.size());
      for (List<Tied> its : sources) {
        if (i < its.size()) {
          group.add(its.get(i));
        }
      }
      if (group.size() < 2) {
        return;
      }
      Tied.group(group);
    }
  }

  private static boolean haveOneSubject(List<Tied> together) {
    boolean isSimple = true;
    for (Tied tied : together) {
      isSimple &= tied.subjects().size() == 1;
    }
    if (isSimple) {
      return true; // it is what they were tied by
    }
    Set<Object> common = new HashSet<>(together.getFirst().subjects());
    for (Tied tied : together) {
      common.retainAll(Set.copyOf(tied.subjects()));
    }
    return !common.isEmpty();
  }

  private static boolean isOneOfEach(List<Tied> together) {
    if (together.size() == 2) {
      return !source(together.getFirst()).equals(source(together.getLast()));
    }
    Set<String> sources = new HashSet<>();
    for (Tied tied : together) {
      if (!sources.add(source(tied))) {
        return false;
      }
    }
    return true;
  }

  private static String source(Tied tied) {
    return tied.entry().source();
  }

  private static boolean stateTheSame(List<Tied> together) {
    @Nullable Stated first = stated(together.getFirst());
    for (Tied tied : together) {
      if (!Objects.equals(first, stated(tied))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Stated stated(Tied tied) {
    Entry entry = tied.entry();
    @Nullable Stated stated = entry.facts().stated();
    return stated == null ? null : stated.plain();
  }
}
