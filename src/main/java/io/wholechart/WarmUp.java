package io.wholechart;

import io.wholechart.fhir.Author;
import io.wholechart.http.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Pays for the first request before it comes. HAPI's context alone takes half a second, and its
 * first encoding another; a patient's two seconds are not for that.
 */
final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private WarmUp() {}

  static void run(Health health) {
    long start = System.nanoTime();
    Author.warm();
    health.warm();
    LOG.info("ready after a warm-up of {} ms", (System.nanoTime() - start) / 1_000_000);
  }
}
