package io.wholechart.aggregate;

import io.wholechart.crosswalk.CrosswalkSettings;
import io.wholechart.identity.SuspectRule;

/**
 * The block {@code identity}: how it is made sure whose record an answer is.
 *
 * @param suspect what becomes of entries that may be another patient's
 * @param crosswalk by which ids the sources are asked
 */
public record IdentitySettings(SuspectRule suspect, CrosswalkSettings crosswalk) {}
