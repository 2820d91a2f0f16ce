package io.wholechart.identity;

import static io.wholechart.patient.IdentityVerdict.MATCH;
import static io.wholechart.patient.IdentityVerdict.MISMATCH;
import static io.wholechart.patient.IdentityVerdict.SUSPECT;
import static io.wholechart.patient.IdentityVerdict.UNVERIFIED;

import io.wholechart.patient.Demographics;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.patient.SourceId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Resolves whom the entries of one source name (R4, section 2.3.0.1, on references). */
final class Subjects {
  /** What holds resources of its own: that one in it names the patient says little of the rest. */
  private static final Set<String> WRAPPERS = Set.of("Bundle", "Parameters");

  private static final String VERSION = "/_history/";

  private final @Nullable SourceId asked;
  private final Numbers numbers;
  private final Reference reference;
  private final Set<Ground> grounds = EnumSet.noneOf(Ground.class);

  /** The Patients that the source sent along, by every text that may refer to them. */
  private final Map<String, IdentityVerdict> patients = new HashMap<>();

  /** What an id or identifier of the patient proves here: nothing where its bearer is doubted. */
  private IdentityVerdict ofTheirs = MATCH;

  Subjects(@Nullable SourceId asked, Numbers numbers, Reference reference, List<Entry> entries) {
    this.asked = asked;
    this.numbers = numbers;
    this.reference = reference;
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

  /** One that tells of another is enough, whatever else is said; else one proof is. */
  private static IdentityVerdict together(IdentityVerdict one, IdentityVerdict other) {
    IdentityVerdict worse = worse(one, other);
    return worse == UNVERIFIED && (one == MATCH || other == MATCH) ? MATCH : worse;
  }

  /** By what entries were told not to be the patient's, or maybe not. */
  Set<Ground> grounds() {
    return grounds;
  }

  IdentityVerdict verdict(ResourceFacts facts) {
    if (facts.demographics() != null) {
      return patient(facts, facts.demographics());
    }
    IdentityVerdict verdict = described(facts, named(facts));
    return verdict == MATCH && WRAPPERS.contains(facts.type()) ? UNVERIFIED : verdict;
  }

  private IdentityVerdict named(ResourceFacts facts) {
    IdentityVerdict byReference = UNVERIFIED;
    for (String written : facts.subjects()) {
      byReference = together(byReference, reference(written));
    }
    if (byReference == MISMATCH || byReference == SUSPECT) {
      grounds.add(Ground.REFERENCE);
    }
    // A reference that was resolved outweighs an identifier: other systems have numbers of their
    // own.
    return byReference != UNVERIFIED || facts.subjectIdentifiers().isEmpty()
        ? byReference
        : identifiers(facts.subjectIdentifiers());
  }

  private IdentityVerdict patient(ResourceFacts facts, Demographics patient) {
    Standing standing = numbers.standing(asked, facts.id(), patient.identifiers());
    IdentityVerdict verdict = judge(standing, patient);
    if (standing == Standing.BEARER) {
      ofTheirs = worse(ofTheirs, verdict);
    }
    return verdict;
  }

  private IdentityVerdict judge(Standing standing, Demographics patient) {
    if (standing == Standing.OTHER) {
      grounds.add(Ground.IDENTIFIER);
      return MISMATCH;
    }
    Evidence evidence = reference.against(patient);
    IdentityVerdict verdict = evidence.verdict(standing);
    if (verdict == MISMATCH || verdict == SUSPECT) {
      evidence.addGrounds(grounds);
    }
    return verdict;
  }

  /** What an entry says of the patient in its own words can prove it, and can take a proof away. */
  private IdentityVerdict described(ResourceFacts facts, IdentityVerdict named) {
    IdentityVerdict verdict = named;
    for (Demographics patient : facts.described()) {
      Standing standing = numbers.standing(asked, null, patient.identifiers());
      boolean isFiledUnderTheirs = standing == Standing.NAMELESS && named == MATCH;
      IdentityVerdict its = judge(isFiledUnderTheirs ? Standing.BEARER : standing, patient);
      verdict = together(verdict, its == MATCH ? ofTheirs : its);
    }
    return verdict;
  }

  /** As with references: one that is another's is enough. */
  private IdentityVerdict identifiers(List<Identifier> all) {
    IdentityVerdict worst = ofTheirs;
    for (Identifier identifier : all) {
      IdentityVerdict verdict =
          switch (numbers.says(asked, identifier)) {
            case THEIRS -> ofTheirs;
            case MAYBE_THEIRS -> UNVERIFIED;
            case NOTHING_KNOWN -> SUSPECT;
            case ANOTHERS -> MISMATCH;
          };
      worst = worse(worst, verdict);
    }
    if (worst == MISMATCH || worst == SUSPECT) {
      grounds.add(Ground.IDENTIFIER);
    }
    return worst;
  }

  private IdentityVerdict reference(String written) {
    String target = withoutVersion(written);
    @Nullable IdentityVerdict sent = patients.get(target);
    if (sent != null) {
      return sent;
    }
    if (target.startsWith("Patient/")) {
      return isAsked(target.substring("Patient/".length())) ? ofTheirs : MISMATCH;
    }
    int absolute = target.indexOf("/Patient/");
    if (absolute >= 0) {
      // The same id on another server may be another person, so it proves nothing; another id does.
      String id = target.substring(absolute + "/Patient/".length());
      @Nullable IdentityVerdict local = patients.get("Patient/" + id);
      return isAsked(id) || (local != null && local != MISMATCH) ? UNVERIFIED : MISMATCH;
    }
    return target.startsWith("urn:uuid:") && isAsked(target.substring("urn:uuid:".length()))
        ? ofTheirs
        : UNVERIFIED; // a contained resource, a group, a device, or a uuid that was not sent along
  }

  private static String withoutVersion(String reference) {
    if (!reference.contains(VERSION)) {
      return reference; // as nearly all, and said faster than where it is last
    }
    int at = reference.lastIndexOf(VERSION);
    boolean isLast = reference.indexOf('/', at + VERSION.length()) < 0;
    return isLast ? reference.substring(0, at) : reference;
  }

  private boolean isAsked(String id) {
    return asked != null && id.equals(asked.value());
  }
}
