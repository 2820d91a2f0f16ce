package io.wholechart.merge;

import io.wholechart.patient.Coding;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What an entry is about, in such words that two sources which use the same mean the same: a code
 * of a shared system, or, where there is no code at all, the exact text.
 *
 * <p>A drug is named by its RxNorm codes and by all of them. A code of a clinical drug says
 * ingredient and strength; one of an ingredient alone does not, and the number does not tell which
 * it is. So two that have one code in common may still differ in strength, and only those that have
 * all in common are the same. Package codes, local ones and words never group drugs.
 */
final class Subject {
  static final String RXNORM = "http://www.nlm.nih.gov/research/umls/rxnorm";

  private Subject() {}

  /** Each of these is enough for two entries to be about the same thing. */
  static Collection<?> of(Section section, ResourceFacts facts) {
    if (section == Section.MEDICATIONS) {
      return drug(facts.codings());
    }
    List<Coding> codings = facts.codings();
    if (codings.isEmpty()) {
      return facts.wording() == null ? List.of() : List.of(facts.wording());
    }
    if (codings.size() == 1) {
      Coding only = codings.getFirst();
      return only.isShared() ? List.of(only) : List.of();
    }
    Set<Object> shared = LinkedHashSet.newLinkedHashSet(codings.size());
    for (Coding coding : codings) {
      if (coding.isShared()) {
        shared.add(coding);
      }
    }
    return shared;
  }

  private static List<?> drug(List<Coding> codings) {
    Set<Coding> rxNorm = Set.of();
    for (Coding coding : codings) {
      if (RXNORM.equals(coding.system())) {
        if (rxNorm.isEmpty()) {
          rxNorm = HashSet.newHashSet(2);
        }
        rxNorm.add(coding);
      }
    }
    return rxNorm.isEmpty() ? List.of() : List.of(rxNorm);
  }
}
