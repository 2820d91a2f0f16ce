package io.wholechart.journal;

/** Ends a verification at the first bad thing: it is found many steps down. */
final class Finding extends Exception {
  private static final long serialVersionUID = 1;
  private final transient Verification verification;

  Finding(Verification verification) {
    super(verification.describe(), null, false, false);
    this.verification = verification;
  }

  Verification verification() {
    return verification;
  }
}
