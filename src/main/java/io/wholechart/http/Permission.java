package io.wholechart.http;

import io.wholechart.consent.Consent;
import io.wholechart.consent.Grant;
import org.jspecify.annotations.Nullable;

/** Whether a caller gets a patient's chart at all, and what of it. */
sealed interface Permission {
  /**
   * They do.
   *
   * @param grant under which the glass is broken; null where it is not
   */
  record Given(Consent consent, @Nullable Grant grant) implements Permission {}

  /** They do not; nothing that was asked about the patient came into it. */
  record Refused(Problem problem) implements Permission {}
}
