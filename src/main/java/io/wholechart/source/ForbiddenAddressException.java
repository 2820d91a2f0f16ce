package io.wholechart.source;

import java.io.IOException;

/** A source's name leads to where it must not; see {@link AddressRule}. */
final class ForbiddenAddressException extends IOException {
  ForbiddenAddressException() {
    super("the name leads to an address that is not allowed");
  }
}
