package io.wholechart.denylist;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code consent.denyList}.
 *
 * @param file null where nobody is on a list
 * @param reload how often it is looked at for a change
 */
public record DenyListSettings(@Nullable Path file, Duration reload) {
  public DenyListSettings {
    if (!reload.isPositive()) {
      throw new IllegalArgumentException("reload must be longer than zero");
    }
  }
}
