package io.wholechart.patient;

import org.jspecify.annotations.Nullable;

/** A code in a code system; without a system it is a local code that equals nothing elsewhere. */
public record Coding(@Nullable String system, String code) {
  /** Whether two sources that both send this mean the same thing by it. */
  public boolean isShared() {
    return system != null && !system.isEmpty();
  }
}
