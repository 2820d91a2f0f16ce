package io.wholechart.http;

import io.wholechart.consent.BreakGlass;
import io.wholechart.consent.Denials;
import io.wholechart.consent.Policy;
import java.util.function.Supplier;

/**
 * What is kept from callers who may read a chart, and how they may read past it.
 *
 * @param denials those that are in force now
 */
public record ReadingRules(
    Policy policy, Supplier<Denials> denials, BreakGlass.Settings breakGlass) {}
