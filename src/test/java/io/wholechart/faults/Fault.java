package io.wholechart.faults;

import java.util.Arrays;
import java.util.List;

/**
 * What can be wrong with a source, and what the contract has the answer say of it. The expectations
 * are worked out from the contract, source by source: none was taken down from a run.
 */
public enum Fault {
  // what the answer says of:               ehr, lab, imaging, pharmacy
  NO_BYTES("no bytes", Status.each("timeout")),
  SLOW_DRIP("slow drip", Status.each("timeout")),
  REFUSED("refused", Status.each("unreachable")),
  RESET_BEFORE_HEADERS("reset before headers", Status.each("error")),
  RESET_AFTER_HEADERS("reset after headers", Status.each("error")),
  EMPTY_200("empty 200", Status.each("invalid")),
  /**
   * A laboratory or an archive that has nothing says just that. A chart always holds its Patient,
   * so an empty one is not whole; and a search for a Patient that finds none does not know him.
   */
  VALID_EMPTY("valid, nothing in it", Status.of("partial", "ok", "ok", "not-found")),
  /** A wrong path gives a 404 for every patient: it says nothing of this one. */
  NOT_FOUND("404 of a proxy", Status.each("error")),
  /** Only FHIR has words for it. */
  NOT_FOUND_IN_WORDS("404 in its own words", Status.of("not-found", "error", "error", "not-found")),
  SERVER_ERROR("500", Status.each("error")),
  /** It asks for more time than there is, so that it is not asked again. */
  UNAVAILABLE("503, Retry-After", Status.each("error")),
  THROTTLED("429", Status.each("throttled")),
  UNAUTHORIZED("401", Status.each("auth-failed")),
  MALFORMED("malformed", Status.each("invalid")),
  WRONG_CONTENT_TYPE("wrong content type", Status.each("invalid")),
  WRONG_PATIENT("wrong patient", Status.each("identity-mismatch")),
  /** Off by a digit, of the patient by id: both are shown, and the conflict is told. */
  CONFLICTING_BIRTH_DATE("other birth date", Status.each("ok")),
  HUGE_BODY("1 GiB body", Status.each("over-limit")),
  /** Nobody has asked for a content encoding, so none is unpacked. */
  GZIP_BOMB("gzip bomb 1000:1", Status.each("invalid")),
  DEPTH("depth 100,000", Status.each("invalid")),
  EXPIRED_CERTIFICATE("expired certificate", Status.each("unreachable")),
  WRONG_HOST_CERTIFICATE("another host's certificate", Status.each("unreachable")),
  NAME_NOT_FOUND("name not found", Status.each("unreachable")),
  HANGING_RESOLVER("hanging resolver", Status.each("timeout")),
  REDIRECT_LINK_LOCAL("redirect to link-local", Status.each("refused-redirect")),
  REDIRECT_LOOPBACK("redirect to loopback", Status.each("refused-redirect")),
  TRUNCATED_CHUNK("truncated chunk", Status.each("error")),
  /** An HL7 v2 body is messages, and what cannot be decoded is one of them. */
  INVALID_CHARACTERS("invalid characters", Status.of("invalid", "partial", "invalid", "invalid")),
  LATE_ANSWER("answer after the deadline", Status.each("timeout"));

  /** In the order of the configuration. */
  public static final List<String> SOURCES = List.of("ehr", "lab", "imaging", "pharmacy");

  private final String words;
  private final List<String> status;

  Fault(String words, List<String> status) {
    this.words = words;
    this.status = status;
  }

  public String words() {
    return words;
  }

  /** What the answer says of the source that has it. */
  public String status(String source) {
    return status.get(SOURCES.indexOf(source));
  }

  /** What the source adds to the chart all the same. */
  public Contribution contribution(String source) {
    return switch (this) {
      case CONFLICTING_BIRTH_DATE -> Contribution.WHOLE;
      default ->
          List.of("ok", "not-found").contains(status(source))
              ? Contribution.NOTHING_TO_ADD
              : Contribution.MISSING;
    };
  }

  /** How often the source may be asked the same thing: again only where that may help. */
  public int mostAttempts() {
    return switch (this) {
      case REFUSED, RESET_BEFORE_HEADERS, RESET_AFTER_HEADERS, TRUNCATED_CHUNK, SERVER_ERROR -> 2;
      default -> 1;
    };
  }

  /** Whether it is the way to the source that is wrong, and not what the source says. */
  public boolean isOfThePlace() {
    return switch (this) {
      case REFUSED, EXPIRED_CERTIFICATE, WRONG_HOST_CERTIFICATE, NAME_NOT_FOUND, HANGING_RESOLVER ->
          true;
      default -> false;
    };
  }

  /** The faults that a source can have from one patient to the next. */
  public static List<Fault> ofAnswers() {
    return Arrays.stream(values()).filter(fault -> !fault.isOfThePlace()).toList();
  }

  private static final class Status {
    static List<String> each(String status) {
      return of(status, status, status, status);
    }

    static List<String> of(String ehr, String lab, String imaging, String pharmacy) {
      return List.of(ehr, lab, imaging, pharmacy);
    }
  }
}
