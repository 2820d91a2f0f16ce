package io.wholechart.identity;

import io.wholechart.patient.Demographics;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.Section;
import io.wholechart.source.SourceReport;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who the patient is, so that others can be held against it: what the sources that are responsible
 * for the section {@code patient} say of the bearer of the asked id; without those what any source
 * does; without those what comes with studies.
 *
 * <p>Where these contradict one another, the ones that as many contradict as agree with are not
 * believed either: of two, neither.
 */
final class Reference {
  /** More describe nobody better, and each is compared with each. */
  private static final int MOST = 16;

  private final Comparison comparison;
  private final List<Demographics> members;
  private final List<Demographics> trusted = new ArrayList<>(2);
  private @Nullable Demographics last;
  private Evidence lastEvidence = Evidence.NONE;

  private Reference(Comparison comparison, List<Demographics> members) {
    this.comparison = comparison;
    this.members = members;
    for (Demographics member : members) {
      if (isTrusted(member)) {
        trusted.add(member);
      }
    }
  }

  static Reference of(List<SourceReport> reports, Numbers numbers) {
    List<Demographics> responsible = new ArrayList<>(2);
    List<Demographics> patients = new ArrayList<>(4);
    List<Demographics> described = new ArrayList<>();
    for (SourceReport report : reports) {
      boolean isResponsible = report.sections().contains(Section.PATIENT);
      int before = patients.size();
      for (Entry entry : report.result().entries()) {
        ResourceFacts facts = entry.facts();
        @Nullable Demographics patient = facts.demographics();
        if (patient == null) {
          facts.described().forEach(d -> addOnce(d, described, 0));
        } else if (numbers.standing(report.asked(), facts.id(), patient.identifiers())
            == Standing.BEARER) {
          addOnce(patient, patients, before);
        }
      }
      if (isResponsible) {
        responsible.addAll(patients.subList(before, patients.size()));
      }
    }
    List<Demographics> members =
        !responsible.isEmpty() ? responsible : !patients.isEmpty() ? patients : described;
    return new Reference(new Comparison(numbers), members);
  }

  /** One source has one voice for each thing it says, however often it says it. */
  private static void addOnce(Demographics one, List<Demographics> to, int from) {
    if (to.size() - from < MOST && !to.subList(from, to.size()).contains(one)) {
      to.add(one);
    }
  }

  private boolean isTrusted(Demographics member) {
    if (members.size() == 1) {
      return true;
    }
    int agreeing = 0;
    for (Demographics other : members) {
      boolean agrees =
          comparison.of(member, other).verdict(Standing.BEARER) == IdentityVerdict.MATCH;
      agreeing += agrees ? 1 : 0;
    }
    return 2 * agreeing > members.size();
  }

  /** How this goes together with it: with the one who contradicts it most. */
  Evidence against(Demographics of) {
    if (!of.equals(last)) { // an archive says the same of its patient with every study
      last = of;
      lastEvidence = evidence(of);
    }
    return lastEvidence;
  }

  private Evidence evidence(Demographics of) {
    @Nullable Evidence worst = null;
    for (Demographics member : isDisputed(of) ? members : trusted) {
      Evidence evidence = comparison.of(member, of);
      worst = worst == null || evidence.doubt() > worst.doubt() ? evidence : worst;
    }
    return worst == null ? Evidence.NONE : worst;
  }

  /** Where nobody is trusted, or by the others not this one, all are asked. */
  private boolean isDisputed(Demographics of) {
    return trusted.isEmpty() || (members.contains(of) && !trusted.contains(of));
  }
}
