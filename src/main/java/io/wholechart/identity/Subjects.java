package io.wholechart.identity;

import static io.wholechart.patient.IdentityVerdict.MATCH;
import static io.wholechart.patient.IdentityVerdict.MISMATCH;
import static io.wholechart.patient.IdentityVerdict.UNVERIFIED;

import io.wholechart.patient.Demographics;
import io.wholechart.patient.Entry;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.ResourceFacts;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves whom the entries of one source name (R4, section 2.3.0.1, on references). */
final class Subjects {
  private final PatientId asked;
  private final Set<String> known;

  /** The Patients that the source sent along, by every text that may refer to them. */
  private final Map<String, IdentityVerdict> patients = new HashMap<>();

  Subjects(PatientId asked, Set<String> known, List<Entry> entries) {
    this.asked = asked;
    this.known = known;
    for (Entry entry : entries) {
      ResourceFacts facts = entry.facts();
      if (facts.demographics() != null) {
        IdentityVerdict verdict = patient(facts, facts.demographics());
        if (facts.id() != null) {
          patients.merge("Patient/" + facts.id(), verdict, Subjects::worse);
        }
        if (facts.fullUrl() != null) {
          patients.merge(facts.fullUrl(), verdict, Subjects::worse);
        }
      }
    }
  }

  /** Where two Patients go by one name, that name is no proof, whichever came first. */
  private static IdentityVerdict worse(IdentityVerdict one, IdentityVerdict other) {
    return one.compareTo(other) >= 0 ? one : other;
  }

  IdentityVerdict verdict(ResourceFacts facts) {
    if (facts.demographics() != null) {
      return patient(facts, facts.demographics());
    }
    IdentityVerdict byReference = UNVERIFIED;
    for (String reference : facts.subjects()) {
      IdentityVerdict verdict = reference(reference);
      if (verdict == MISMATCH) {
        return MISMATCH; // one that names another is enough, whatever else is named
      }
      byReference = verdict == MATCH ? MATCH : byReference;
    }
    // A reference that was resolved outweighs an identifier: other systems have numbers of their
    // own.
    return byReference == MATCH || facts.subjectIdentifiers().isEmpty()
        ? byReference
        : identifiers(facts.subjectIdentifiers());
  }

  private IdentityVerdict patient(ResourceFacts facts, Demographics patient) {
    boolean isTheirs =
        asked.value().equals(facts.id()) || !Collections.disjoint(known, patient.identifiers());
    if (isTheirs) {
      return MATCH;
    }
    return facts.id() == null && patient.identifiers().isEmpty() ? UNVERIFIED : MISMATCH;
  }

  private IdentityVerdict identifiers(List<String> values) {
    return known.containsAll(values) ? MATCH : MISMATCH; // as with references: one is enough
  }

  private IdentityVerdict reference(String written) {
    String reference = withoutVersion(written);
    @Nullable IdentityVerdict sent = patients.get(reference);
    if (sent != null) {
      return sent;
    }
    if (reference.startsWith("Patient/")) {
      return isAsked(reference.substring("Patient/".length())) ? MATCH : MISMATCH;
    }
    int absolute = reference.indexOf("/Patient/");
    if (absolute >= 0) {
      // The same id on another server may be another person, so it proves nothing; another id does.
      String id = reference.substring(absolute + "/Patient/".length());
      @Nullable IdentityVerdict local = patients.get("Patient/" + id);
      return isAsked(id) || local == MATCH ? UNVERIFIED : MISMATCH;
    }
    return reference.startsWith("urn:uuid:") && isAsked(reference.substring("urn:uuid:".length()))
        ? MATCH
        : UNVERIFIED; // a contained resource, a group, a device, or a uuid that was not sent along
  }

  private static String withoutVersion(String reference) {
    int at = reference.lastIndexOf("/_history/");
    boolean isLast = at >= 0 && reference.indexOf('/', at + "/_history/".length()) < 0;
    return isLast ? reference.substring(0, at) : reference;
  }

  private boolean isAsked(String id) {
    return id.equals(asked.value());
  }
}
