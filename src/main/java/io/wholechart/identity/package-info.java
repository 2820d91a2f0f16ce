/**
 * Is this payload about this patient? Pure. Every entry is compared with the id that was asked for
 * and with the identifiers of the Patients who bear it; what names somebody else is withheld and
 * its source reported as {@code identity-mismatch}. What names nobody is {@code unverified}:
 * stated, never assumed.
 */
@NullMarked
package io.wholechart.identity;

import org.jspecify.annotations.NullMarked;
