package io.wholechart.patient;

import org.jspecify.annotations.Nullable;

/**
 * One name that the patient goes by, as sent.
 *
 * @param given the given names, joined by a space
 * @param isFormer whether it is said to be an old or a maiden name
 */
public record PersonName(@Nullable String family, @Nullable String given, boolean isFormer) {
  @Override
  public String toString() {
    return "PersonName[withheld]";
  }
}
