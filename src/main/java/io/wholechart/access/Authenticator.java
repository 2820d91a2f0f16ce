package io.wholechart.access;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says who asks and what they may do, by what they show. */
public interface Authenticator {
  /**
   * Looks at what a request shows of its caller.
   *
   * @param authorization the values of the header {@code Authorization}, as they were sent
   * @throws InterruptedException when the request is not to be served any more
   */
  Authentication authenticate(List<String> authorization) throws InterruptedException;

  /** Whether everybody is let in, whoever they are; then every answer says so. */
  boolean isOpen();

  /** What a client needs to know to get a token, as JSON; null where that is not told. */
  default byte @Nullable [] smartConfiguration() {
    return null;
  }
}
