package io.wholechart.disclosure;

import io.wholechart.audit.Agent;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.audit.KeptBack;
import io.wholechart.audit.Purpose;
import io.wholechart.audit.SourceAccess;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What a record says, in the words of a report. */
final class Words {
  private Words() {}

  /** The name and, if known, the address of who got it (45 CFR 164.528(b)(2)(ii)). */
  static String recipient(Agent agent) {
    List<String> parts = new ArrayList<>();
    parts.add(agent.name());
    if (agent.subject() != null) {
      parts.add(
          agent.issuer() == null ? agent.subject() : agent.subject() + " of " + agent.issuer());
    }
    if (!agent.roles().isEmpty()) {
      parts.add(String.join("/", agent.roles()));
    }
    if (agent.client() != null) {
      parts.add("by " + agent.client());
    }
    if (agent.address() != null) {
      parts.add("from " + agent.address());
    }
    return String.join(", ", parts);
  }

  static String sections(Outcome outcome) {
    return outcome.sections().entrySet().stream()
        .filter(section -> section.getValue() > 0)
        .map(section -> section.getValue() + " " + section.getKey())
        .collect(Collectors.joining(", "));
  }

  /** The sources of which something was shown. */
  static String sources(Outcome outcome) {
    return outcome.sources().stream()
        .filter(source -> source.entries() > 0)
        .map(SourceAccess::source)
        .collect(Collectors.joining(", "));
  }

  /** What was shown by breaking the glass alone. */
  static String lifted(KeptBack keptBack) {
    int unnamed = keptBack.lifted() - keptBack.names().size();
    return String.join(", ", keptBack.names()) + (unnamed == 0 ? "" : " and " + unnamed + " more");
  }

  static String purpose(Purpose purpose) {
    String words =
        switch (purpose.purposeOfUse()) {
          case "TREAT" -> "treatment";
          case "ETREAT" -> "emergency treatment";
          case "BTG" -> "break the glass";
          case "HCOMPL" -> "health compliance";
          case "HPAYMT" -> "payment";
          case "HOPERAT" -> "healthcare operations";
          case "PATRQT" -> "the patient's request";
          case "HRESCH" -> "research";
          case "PUBHLTH" -> "public health";
          case "HLEGAL" -> "legal";
          default -> "";
        };
    String coded = purpose.purposeOfUse() + (words.isEmpty() ? "" : ", " + words);
    return purpose.reason() == null ? coded : coded + ": " + purpose.reason();
  }
}
