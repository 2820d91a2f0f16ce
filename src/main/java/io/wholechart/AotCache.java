package io.wholechart;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The JDK's cache of loaded and linked classes, which the launcher offers to the JVM. A JVM of
 * another build or with other flags does not take it, and starts all the same.
 */
final class AotCache {
  private AotCache() {}

  /** What to say where the cache was offered and not taken. */
  static Optional<String> refusal() {
    return refusal(System.getProperty("wholechart.aot"), System.getProperty("java.vm.info", ""));
  }

  /**
   * @param offered the cache's file, or null where the launcher had none to offer
   * @param vmInfo the property {@code java.vm.info}: a JVM that was offered a cache and did not
   *     take it shares no classes at all, and no longer says "sharing" there
   */
  static Optional<String> refusal(@Nullable String offered, String vmInfo) {
    return offered == null || vmInfo.contains("sharing")
        ? Optional.empty()
        : Optional.of(
            "wholechart: this JVM or its flags do not fit the AOT cache, so the start takes longer;"
                + " WHOLECHART_JAVA_OPTS=-Xlog:aot says why, bin/train makes a new one");
  }
}
