package io.wholechart.audit;

import static io.wholechart.audit.Wording.require;

import io.wholechart.patient.PatientId;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for whose chart, and why.
 *
 * @param traceId of the W3C trace context, where the caller sent one
 * @param patientId null where no legal id was read, or whose it is was not known yet: hostile text
 *     never enters the log
 * @param interaction what is done, as a word: {@code patient-read}; {@code none} where it did not
 *     come to that
 */
public record AccessRequest(
    String requestId,
    @Nullable String traceId,
    Agent agent,
    @Nullable String patientId,
    String interaction,
    Purpose purpose) {
  public AccessRequest {
    Wording.requestId(requestId);
    if (traceId != null) {
      Wording.hex("traceId", traceId, 32);
    }
    require(
        patientId == null || PatientId.isLegal(patientId),
        "patientId",
        "is a legal id, or null where the request's was not");
    Wording.word("interaction", interaction);
  }

  /** The same of nobody in particular. */
  AccessRequest summary(String summaryId) {
    return new AccessRequest(summaryId, null, agent, null, interaction, purpose);
  }

  @Override
  public String toString() {
    return "requestId=" + requestId; // the rest says who is whose patient
  }
}
