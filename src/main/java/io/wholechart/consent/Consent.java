package io.wholechart.consent;

import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import java.util.Set;

/**
 * What one request may see of one chart.
 *
 * @param types that the caller's scopes include
 * @param denied by the deny list
 * @param isOpen whether what is labelled is open to the purpose
 * @param isLifted whether the glass is broken
 */
public record Consent(Types types, Denied denied, boolean isOpen, boolean isLifted, Policy policy) {
  /** Everything, to everybody. */
  public static final Consent FULL =
      new Consent(Types.ALL, Denied.NOTHING, false, false, new Policy(Set.of(), true, Set.of()));

  /** Whether there is any type that the scopes include, of a source of these sections. */
  public boolean reads(Set<Section> sections) {
    return types.areAll() || sections.stream().anyMatch(this::readsAny);
  }

  /**
   * Whether a source is asked. One of which everything is kept back is not, so that its marker is
   * the same for everybody; where no marker is shown it is, for its silence would be one.
   */
  public boolean asks(String source, Set<Section> sections) {
    if (types.areAll() && denied.isNothing() && policy.part2Sources().isEmpty()) {
      return true; // nearly always
    }
    boolean isMarked = policy.showsWithheld() && !isLifted;
    if (isMarked && !isOpen && policy.part2Sources().contains(source)) {
      return false;
    }
    for (Section section : sections) {
      if (readsAny(section) && !(isMarked && denied.sections().contains(section))) {
        return true;
      }
    }
    return false;
  }

  /** What of a source's answer is left, and what is kept back of it. */
  public SourceReport considered(SourceReport report) {
    return isUntouched(report) ? report : new Consideration(this, report).outcome();
  }

  /** Charts without labels, of callers who may read every type, are not to cost anything. */
  private boolean isUntouched(SourceReport report) {
    if (!types.areAll() || !denied.isNothing() || isPart2(report.source())) {
      return report.isDenied();
    }
    var entries = report.result().entries();
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).facts().labels().isEmpty()) {
        return false;
      }
    }
    return true;
  }

  boolean isPart2(String source) {
    return policy.part2Sources().contains(source);
  }

  boolean readsAny(Section section) {
    return section.resourceTypes().stream().anyMatch(types::include);
  }

  boolean readsAll(Section section) {
    return section.resourceTypes().stream().allMatch(types::include);
  }
}
