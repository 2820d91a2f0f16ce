package io.wholechart.patient;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The few elements of a resource that identity, merge and completeness need, read out in the pass
 * that found the resource. Everything else stays in the bytes, untouched.
 *
 * @param fullUrl the Bundle entry's {@code fullUrl}, by which other entries may refer to it
 * @param type {@code resourceType}
 * @param id the logical id at its source, if it has one
 * @param subjects the references to the patient as written: {@code Patient/p-1}, {@code urn:uuid:…}
 * @param subjectIdentifiers {@code subject.identifier}, where the patient is named by that
 * @param described the patient in the resource's own words: a contained Patient that it refers to,
 *     a Patient in a nested Bundle, the patient that a study was filed under
 * @param codings what the resource is about (code, medication, vaccine; by type)
 * @param wording the words for what it is about, where it has no code for that
 * @param status {@code status}, if it has one
 * @param clinicalStatus the code of {@code clinicalStatus}, if it has one
 * @param verificationStatus the code of {@code verificationStatus}, if it has one
 * @param time the clinically relevant time, by type: when it was observed, prescribed, begun
 * @param stated what it says about that: a value, a dosage
 * @param lastUpdated {@code meta.lastUpdated}
 * @param isSubsetted whether the source itself says that elements are missing ({@code SUBSETTED})
 * @param labels the security labels that it bears, or that something within it does
 * @param demographics for a Patient, otherwise null
 */
public record ResourceFacts(
    @Nullable String fullUrl,
    String type,
    @Nullable String id,
    List<String> subjects,
    List<Identifier> subjectIdentifiers,
    List<Demographics> described,
    List<Coding> codings,
    @Nullable String wording,
    @Nullable String status,
    @Nullable String clinicalStatus,
    @Nullable String verificationStatus,
    @Nullable ClinicalTime time,
    @Nullable Stated stated,
    @Nullable Instant lastUpdated,
    boolean isSubsetted,
    Set<Label> labels,
    @Nullable Demographics demographics) {
  public ResourceFacts {
    subjects = List.copyOf(subjects);
    subjectIdentifiers = List.copyOf(subjectIdentifiers);
    described = List.copyOf(described);
    codings = List.copyOf(codings);
    labels = Set.copyOf(labels);
  }

  public ResourceFacts at(@Nullable String url) {
    return Objects.equals(url, fullUrl)
        ? this
        : new ResourceFacts(
            url,
            type,
            id,
            subjects,
            subjectIdentifiers,
            described,
            codings,
            wording,
            status,
            clinicalStatus,
            verificationStatus,
            time,
            stated,
            lastUpdated,
            isSubsetted,
            labels,
            demographics);
  }

  @Override
  public String toString() {
    return "ResourceFacts[" + type + "]";
  }
}
