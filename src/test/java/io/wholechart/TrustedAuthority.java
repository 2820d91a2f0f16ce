package io.wholechart;

import io.wholechart.faults.Certificates;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * Has services that start in this process meanwhile trust an authority of the test's, and no other.
 */
final class TrustedAuthority implements AutoCloseable {
  private static final String STORE = "javax.net.ssl.trustStore";
  private static final String PASSWORD = "javax.net.ssl.trustStorePassword";

  Certificates in(Path directory) throws IOException {
    var certificates = Certificates.authority(Instant.now());
    Path store = directory.resolve("trust.p12");
    certificates.writeTrustStore(store);
    System.setProperty(STORE, store.toString());
    System.setProperty(PASSWORD, Certificates.password());
    return certificates;
  }

  @Override
  public void close() {
    System.clearProperty(STORE);
    System.clearProperty(PASSWORD);
  }
}
