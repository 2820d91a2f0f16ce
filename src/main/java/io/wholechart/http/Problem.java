package io.wholechart.http;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An error, as RFC 9457 has it. It never holds what the caller or an upstream sent: both may be a
 * patient's.
 *
 * @param retryAfter when it makes sense to try again, if it ever does
 * @param members what this kind of problem says besides; lists of configured names
 */
record Problem(
    Kind kind, String detail, Optional<Duration> retryAfter, Map<String, List<String>> members) {

  /** The kinds, whose types are stable: clients may switch on them. */
  enum Kind {
    BAD_ID(400, "bad-id", "Not a patient id"),
    BAD_PARAMETER(400, "bad-parameter", "Unusable query parameter"),
    BAD_REQUEST(400, "bad-request", "Not a request that can be read"),
    BAD_BODY(400, "bad-body", "Unusable request body"),
    LENGTH_REQUIRED(411, "length-required", "The request does not say how long its body is"),
    URI_TOO_LONG(414, "uri-too-long", "The address is longer than is read"),
    TOO_LARGE(413, "too-large", "The request is larger than is read"),
    CHART_TOO_LARGE(413, "chart-too-large", "The chart is larger than is kept"),
    BAD_AUTHORIZATION(400, "bad-authorization", "Unusable Authorization header"),
    NOT_AUTHENTICATED(401, "not-authenticated", "Not known who asks"),
    ISSUER_UNAVAILABLE(503, "issuer-unavailable", "It cannot be found out who asks"),
    NO_AUDITOR(403, "no-auditor", "Only auditors may see this"),
    INSUFFICIENT_SCOPE(403, "insufficient-scope", "Not within the scopes that were granted"),
    OTHER_PATIENT(403, "other-patient", "The access is for one patient, and not for this one"),
    NO_EMERGENCY(403, "emergency-not-entitled", "Not entitled to ask as an emergency"),
    NO_BREAK_GLASS(403, "break-glass-not-entitled", "Not entitled to break the glass"),
    BAD_BREAK_GLASS(400, "bad-break-glass", "Unusable X-Break-Glass"),
    SECTION_WITHHELD(403, "required-section-withheld", "A required section is withheld"),
    NO_SUCH_PATH(404, "no-such-path", "Nothing here"),
    NOT_ACCEPTABLE(406, "not-acceptable", "Not in a form that was asked for"),
    UNSUPPORTED_MEDIA_TYPE(415, "unsupported-media-type", "Not in a form that is read"),
    PAGE_GONE(410, "page-gone", "No such page any more"),
    METHOD_NOT_ALLOWED(405, "method-not-allowed", "Method not allowed"),
    PATIENT_NOT_FOUND(404, "patient-not-found", "No source knows this patient"),
    IDENTIFIER_AMBIGUOUS(409, "identifier-ambiguous", "More than one patient has this identifier"),
    IDENTIFIER_UNRESOLVED(503, "identifier-unresolved", "Nobody can say whose identifier this is"),
    IDENTIFIER_TIMED_OUT(504, "identifier-timed-out", "Nobody said in time whose identifier it is"),
    SECTION_MISSING(503, "required-section-missing", "A required section is not whole"),
    TOO_FEW_SOURCES(503, "too-few-sources", "Fewer sources answered than required"),
    NO_SOURCE(503, "no-source-usable", "No source could be used"),
    ALL_TIMED_OUT(504, "all-sources-timed-out", "No source answered in time"),
    AUDIT_UNAVAILABLE(503, "audit-unavailable", "The access cannot be recorded"),
    RATE_LIMITED(429, "rate-limited", "More requests of one caller than are served"),
    OVERLOADED(503, "overloaded", "More requests than are served at once"),
    SHUTTING_DOWN(503, "shutting-down", "The service is shutting down"),
    BATCH_OUT_OF_TIME(503, "batch-out-of-time", "The batch has used up its time"),
    INTERNAL(500, "internal-error", "The service failed");

    private final int status;
    private final String name;
    private final String title;

    Kind(int status, String name, String title) {
      this.status = status;
      this.name = name;
      this.title = title;
    }

    int status() {
      return status;
    }

    /** The last part of the type, and the word for it in the audit log. */
    String key() {
      return name;
    }

    String type() {
      return "urn:wholechart:problem:" + name;
    }

    String title() {
      return title;
    }
  }

  Problem {
    members = Map.copyOf(members);
  }

  static Problem of(Kind kind, String detail) {
    return new Problem(kind, detail, Optional.empty(), Map.of());
  }

  Problem retryAfter(Duration duration) {
    return new Problem(kind, detail, Optional.of(duration), members);
  }

  Problem with(String member, List<String> values) {
    return new Problem(kind, detail, retryAfter, Map.of(member, values));
  }
}
