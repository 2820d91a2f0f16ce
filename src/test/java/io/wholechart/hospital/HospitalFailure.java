package io.wholechart.hospital;

/** The hospital cannot open, for a reason that its caller can mend; the message says which. */
public final class HospitalFailure extends RuntimeException {
  HospitalFailure(String message, Throwable cause) {
    super(message, cause);
  }

  HospitalFailure(String message) {
    super(message);
  }
}
