package io.wholechart.source;

/**
 * Why, and in our own words what happened: upstream text is never passed on, since it may carry
 * anything, a patient's name or a script included.
 *
 * @param detail completes a sentence that begins with the source's name: "answered HTTP 503"
 * @param httpStatus with which it was answered; 0 where there was none or it does not matter
 */
public record Failure(FailureReason reason, String detail, int httpStatus) {
  public Failure {
    if (detail.isBlank()) {
      throw new IllegalArgumentException("a failure says what happened");
    }
  }

  public Failure(FailureReason reason, String detail) {
    this(reason, detail, 0);
  }

  public String message(String source) {
    return source + " " + detail;
  }
}
