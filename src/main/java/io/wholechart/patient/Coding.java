package io.wholechart.patient;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A code in a code system; without a system it is a local code that equals nothing elsewhere. */
public record Coding(@Nullable String system, String code) {
  /** Whether two sources that both send this mean the same thing by it. */
  public boolean isShared() {
    return system != null && !system.isEmpty();
  }

  // A record's own go through method handles, and every coding of a chart is looked up.

  @Override
  public boolean equals(Object other) {
    return other instanceof Coding that
        && code.equals(that.code)
        && Objects.equals(system, that.system);
  }

  @Override
  public int hashCode() {
    return 31 * Objects.hashCode(system) + code.hashCode();
  }
}
