package io.wholechart.source;

import java.time.Duration;
import java.time.Instant;

/** What an HTTP read came to. */
sealed interface UpstreamAnswer {

  /**
   * An answer with a status below 300, or 404 or 410: what those mean depends on the protocol.
   *
   * @param mediaType the content type without parameters, in lower case; empty where there is none
   * @param charset the content type's charset parameter; empty where there is none
   * @param at when it was answered: the Date header, else when it came
   * @param replica who answered
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on once, never compared
  record Answered(
      int status, String mediaType, String charset, byte[] body, Instant at, int replica)
      implements UpstreamAnswer {
    Answered(int status, String mediaType, String charset, byte[] body, Instant at) {
      this(status, mediaType, charset, body, at, 0);
    }

    Answered from(int other) {
      return new Answered(status, mediaType, charset, body, at, other);
    }
  }

  /** No answer, or one that is a failure in every protocol; and whether asking again may help. */
  record Broken(Failure failure, Again again) implements UpstreamAnswer {
    Broken(Failure failure) {
      this(failure, new Again.Never());
    }

    /**
     * Whether the fault lies with the replica that was asked, so that another may do better: it
     * cannot be reached, or it failed (5xx). Not what a source refuses or says that we cannot read:
     * its replicas would do the same.
     */
    boolean isOfReplica() {
      FailureReason reason = failure.reason();
      return again instanceof Again.After
          || reason == FailureReason.UNREACHABLE
          || reason == FailureReason.TIMEOUT
          || reason == FailureReason.CIRCUIT_OPEN;
    }
  }

  /** Whether the same question may have another answer. */
  sealed interface Again {
    /** The source has understood, and will say the same again; or must be left in peace. */
    record Never() implements Again {}

    /**
     * It may, after a pause.
     *
     * @param least what the source asked for (Retry-After), or nothing
     */
    record After(Duration least) implements Again {}
  }

  static UpstreamAnswer broken(FailureReason reason, String detail) {
    return new Broken(new Failure(reason, detail));
  }
}
