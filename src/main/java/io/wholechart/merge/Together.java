package io.wholechart.merge;

import io.wholechart.patient.Entry;
import io.wholechart.patient.ResourceFacts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Several entries about the same thing at the same time. */
final class Together {
  private final List<Tied> members = new ArrayList<>(2);

  /** Every status must be the same, or a refuted diagnosis would stand behind a confirmed one. */
  private record Statuses(
      @Nullable String status,
      @Nullable String clinicalStatus,
      @Nullable String verificationStatus) {
    static Statuses of(Tied member) {
      ResourceFacts facts = member.entry().facts();
      return new Statuses(facts.status(), facts.clinicalStatus(), facts.verificationStatus());
    }
  }

  Together(Tied one, Tied other) {
    members.add(one);
    members.add(other);
  }

  void add(Tied another) {
    members.add(another);
  }

  /** Ties those that have the same status. */
  void tie() {
    Tied first = members.getFirst();
    @Nullable Map<Statuses, Tied> others = null;
    for (Tied member : members) {
      if (isOfSameStatus(first.entry().facts(), member.entry().facts())) {
        first.tie(member);
      } else {
        others = others == null ? new HashMap<>() : others;
        others.computeIfAbsent(Statuses.of(member), _ -> member).tie(member);
      }
    }
  }

  List<Entry> entries() {
    List<Entry> entries = new ArrayList<>(members.size());
    for (Tied member : members) {
      entries.add(member.entry());
    }
    return entries;
  }

  private static boolean isOfSameStatus(ResourceFacts one, ResourceFacts other) {
    return Objects.equals(one.status(), other.status())
        && Objects.equals(one.clinicalStatus(), other.clinicalStatus())
        && Objects.equals(one.verificationStatus(), other.verificationStatus());
  }
}
