/**
 * Who asks, and what they may do: one {@link io.wholechart.access.Permit} for each request, decided
 * before anything of it is read. How a caller is found out is behind {@link
 * io.wholechart.access.Authenticator}; what a permit opens of a chart is decided elsewhere.
 *
 * <p>Of {@code patient} it knows the id of the one patient that a permit may be for.
 */
@NullMarked
package io.wholechart.access;

import org.jspecify.annotations.NullMarked;
