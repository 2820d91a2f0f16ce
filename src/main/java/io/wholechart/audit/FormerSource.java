package io.wholechart.audit;

import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.SourceId;
import org.jspecify.annotations.Nullable;

/**
 * What one source was asked for and gave, as the audit log keeps it.
 *
 * @param asked the id that it was asked by; null where none could be resolved, and in records of
 *     version 1
 * @param outcome {@code ok}, {@code not-found} or a failure reason
 * @param identity the worst that was found of an entry of its answer: {@code match}, {@code
 *     unverified}, {@code suspect}, {@code mismatch}; null where there was none, and in records of
 *     version 1
 * @param entries how many entries of its answer were disclosed
 */
public record FormerSource(
    String source,
    @Nullable String asked,
    String outcome,
    @Nullable String identity,
    long elapsedMs,
    int attempts,
    int entries) {
  public FormerSource {
    Wording.name("source", source, 128);
    Wording.require(asked == null || SourceId.isLegal(asked), "asked", "is a legal id, or null");
    Wording.word("outcome", outcome);
    Wording.require(
        identity == null || IdentityVerdict.named(identity).isPresent(),
        "identity",
        "is a verdict, or null");
    if (elapsedMs < 0 || attempts < 0 || entries < 0) {
      throw new IllegalArgumentException("elapsedMs, attempts and entries are not negative");
    }
  }

  @Override
  public String toString() {
    return "FormerSource[" + source + "]"; // the rest says who is whose patient
  }
}
