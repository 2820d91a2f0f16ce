/**
 * The values that every other room speaks in: whose chart, how urgent, which section, one entry.
 * They validate, they copy, and they know nobody.
 */
@NullMarked
package io.wholechart.patient;

import org.jspecify.annotations.NullMarked;
