package io.wholechart.disclosure;

import static io.wholechart.disclosure.Csv.orEmpty;

import io.wholechart.audit.AccessRequest;
import io.wholechart.audit.Agent;
import io.wholechart.patient.PatientId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * To whom a patient's data was disclosed: the date, who got it, what it was, and what for (45 CFR
 * 164.528).
 *
 * <p>That rule leaves treatment, payment and operations out. This lists them too, each with its
 * purpose: a patient who asks wants to know who looked, and it is easier to leave out than to find
 * what was left out.
 */
public final class DisclosureReport {
  private static final List<String> COLUMNS =
      List.of(
          "date",
          "recipient",
          "what",
          "purpose",
          "subject",
          "issuer",
          "client",
          "address",
          "purposeOfUse",
          "reason",
          "completeness",
          "entries",
          "sources",
          "requestId",
          "record");

  private final PatientId patient;
  private final Period period;
  private final RecordLog log;

  /**
   * Of one patient.
   *
   * @param log of the records about the patient
   */
  public DisclosureReport(PatientId patient, Period period, RecordLog log) {
    this.patient = patient;
    this.period = period;
    this.log = log;
  }

  /** In words, for the patient. */
  public void text(Appendable out) throws IOException {
    out.append("Accounting of disclosures (45 CFR 164.528)\n");
    out.append("Patient " + patient.value() + ", " + period.words() + "\n\n");
    long disclosures = 0;
    long unknown = 0;
    for (Optional<Disclosure> next = next(); next.isPresent(); next = next()) {
      text(next.get(), out);
      disclosures++;
      unknown += next.get().outcome() == null ? 1 : 0;
    }
    out.append(disclosures == 1 ? "1 disclosure" : disclosures + " disclosures");
    out.append(
        unknown == 0 ? "\n" : ", of " + unknown + " of them it is not known what was sent\n");
    if (log.first() > 1) {
      out.append("The records before number " + log.first() + " are no longer kept.\n");
    }
  }

  /** As a table. */
  public void csv(Appendable out) throws IOException {
    var csv = new Csv(out);
    csv.row(COLUMNS);
    for (Optional<Disclosure> next = next(); next.isPresent(); next = next()) {
      csv.row(row(next.get()));
    }
  }

  private Optional<Disclosure> next() throws IOException {
    while (log.next()) {
      Optional<Disclosure> disclosure = Disclosure.of(log.current()).filter(this::isWanted);
      if (disclosure.isPresent()) {
        return disclosure;
      }
    }
    return Optional.empty();
  }

  private boolean isWanted(Disclosure disclosure) {
    return patient.value().equals(disclosure.request().patientId())
        && period.contains(disclosure.at());
  }

  private static void text(Disclosure disclosure, Appendable out) throws IOException {
    AccessRequest request = disclosure.request();
    out.append(disclosure.at().toString()).append('\n');
    out.append("  to       " + Words.recipient(request.agent()) + "\n");
    out.append("  what     " + disclosure.what() + "\n");
    out.append("  purpose  " + Words.purpose(request.purpose()) + "\n");
    out.append("  record   " + disclosure.record() + ", request " + request.requestId() + "\n\n");
  }

  private static List<String> row(Disclosure disclosure) {
    AccessRequest request = disclosure.request();
    Agent agent = request.agent();
    var outcome = disclosure.outcome();
    return List.of(
        disclosure.at().toString(),
        Words.recipient(agent),
        disclosure.what(),
        Words.purpose(request.purpose()),
        orEmpty(agent.subject()),
        orEmpty(agent.issuer()),
        orEmpty(agent.client()),
        orEmpty(agent.address()),
        request.purpose().purposeOfUse(),
        orEmpty(request.purpose().reason()),
        outcome == null ? "" : orEmpty(outcome.answer().completeness()),
        outcome == null ? "" : Long.toString(disclosure.entries()),
        outcome == null ? "" : Words.sources(outcome),
        request.requestId(),
        disclosure.record());
  }
}
