package io.wholechart.disclosure;

import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.AuditRecord;
import io.wholechart.audit.AuditRecord.Interrupted;
import io.wholechart.audit.AuditRecord.Outcome;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An access that showed somebody something of a patient, or may have.
 *
 * @param at when it was recorded
 * @param outcome null where the service ended before it could say what was sent
 */
record Disclosure(
    String node, long seq, Instant at, AccessRequest request, @Nullable Outcome outcome) {
  private static final int FIRST_REFUSAL = 300;

  /** What a record discloses; nothing where nobody's data left. */
  static Optional<Disclosure> of(Recorded recorded) {
    AuditRecord record = recorded.record();
    return switch (record) {
      case Outcome outcome when outcome.answer().httpStatus() < FIRST_REFUSAL ->
          Optional.of(of(recorded, outcome.request(), outcome));
      case Interrupted _ when recorded.intent() != null ->
          Optional.of(of(recorded, recorded.intent().request(), null));
      default -> Optional.empty();
    };
  }

  private static Disclosure of(
      Recorded recorded, AccessRequest request, @Nullable Outcome outcome) {
    return new Disclosure(
        recorded.node(), recorded.seq(), recorded.record().stamp().at(), request, outcome);
  }

  /** What it was that was disclosed, and from where. */
  String what() {
    String words = Interaction.named(request.interaction()).words();
    if (outcome == null) {
      return words + ", but the service ended before it said what was sent";
    }
    var what = new StringBuilder(words);
    @Nullable Double completeness = outcome.answer().completeness();
    if (completeness != null && completeness < 1) {
      what.append(" in part (").append(completeness).append(')');
    }
    String sections = Words.sections(outcome);
    what.append(sections.isEmpty() ? "" : ": ").append(sections);
    String sources = Words.sources(outcome);
    what.append(sources.isEmpty() ? "" : "; from ").append(sources);
    String lifted = Words.lifted(outcome.keptBack());
    return what.append(lifted.isEmpty() ? "" : "; by breaking the glass ")
        .append(lifted)
        .toString();
  }

  long entries() {
    return outcome == null
        ? 0
        : outcome.sections().values().stream().mapToLong(Integer::longValue).sum();
  }

  String record() {
    return node + " " + seq;
  }
}
