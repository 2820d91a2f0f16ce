package io.wholechart.audit;

import static io.wholechart.audit.Wording.require;

import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.SourceId;
import org.jspecify.annotations.Nullable;

/**
 * What one source was asked for and gave.
 *
 * @param asked the id that it was asked by; null where none could be resolved
 * @param notContacted why no request left for it, as a word; null where one did
 * @param outcome {@code ok}, {@code not-found} or a failure reason
 * @param httpStatus of its last answer; null where there was none
 * @param identity the worst that was found of an entry of its answer: {@code match}, {@code
 *     unverified}, {@code suspect}, {@code mismatch}; null where there was none
 * @param entries how many entries of its answer were disclosed
 * @param bytes how many bytes of bodies came
 * @param digest SHA-256 of those bytes, in hex; null where there were none
 */
public record SourceAccess(
    String source,
    @Nullable String asked,
    @Nullable String notContacted,
    String outcome,
    @Nullable Integer httpStatus,
    @Nullable String identity,
    long elapsedMs,
    int attempts,
    int entries,
    long bytes,
    @Nullable String digest) {
  public SourceAccess {
    Wording.name("source", source, 128);
    require(asked == null || SourceId.isLegal(asked), "asked", "is a legal id, or null");
    if (notContacted != null) {
      Wording.word("notContacted", notContacted);
    }
    Wording.word("outcome", outcome);
    require(
        httpStatus == null || (httpStatus >= 100 && httpStatus <= 999),
        "httpStatus",
        "lies between 100 and 999");
    require(
        identity == null || IdentityVerdict.named(identity).isPresent(),
        "identity",
        "is a verdict, or null");
    Wording.number("elapsedMs", elapsedMs);
    Wording.number("attempts", attempts);
    Wording.number("entries", entries);
    Wording.number("bytes", bytes);
    if (digest != null) {
      Wording.digest("digest", digest);
    }
  }

  @Override
  public String toString() {
    return "SourceAccess[" + source + "]"; // the rest says who is whose patient
  }
}
