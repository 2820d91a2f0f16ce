package io.wholechart.source;

/**
 * Why, and in our own words what happened: upstream text is never passed on, since it may carry
 * anything, a patient's name or a script included.
 *
 * @param detail completes a sentence that begins with the source's name: "answered HTTP 503"
 */
public record Failure(FailureReason reason, String detail) {
  public Failure {
    if (detail.isBlank()) {
      throw new IllegalArgumentException("a failure says what happened");
    }
  }

  public String message(String source) {
    return source + " " + detail;
  }
}
