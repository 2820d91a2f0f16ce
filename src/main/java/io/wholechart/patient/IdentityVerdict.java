package io.wholechart.patient;

import java.util.Arrays;
import java.util.Optional;

/** Whether an entry is about the patient who was asked for; the later ones outweigh the earlier. */
public enum IdentityVerdict {
  /** It names the patient by an id or identifier that is known to be theirs. */
  MATCH("match"),
  /** It names nobody, or in a way that cannot be resolved: stated, never assumed. */
  UNVERIFIED("unverified"),
  /**
   * It bears the right id and describes somebody who may be another. Withheld unless configured.
   */
  SUSPECT("suspect"),
  /** It names somebody else. It is withheld. */
  MISMATCH("mismatch");

  private final String key;

  IdentityVerdict(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  public static Optional<IdentityVerdict> named(String key) {
    return Arrays.stream(values()).filter(v -> v.key.equals(key)).findFirst();
  }
}
