/**
 * Access tokens: whom an issuer says a caller to be, and whether that is to be believed.
 *
 * <p>A JWT is held against RFC 9068, RFC 8725 and SMART App Launch 2.2: a pinned issuer, a key that
 * the issuer publishes under the very id, an algorithm that is on a list and fits the key, the
 * audience, the times. Whatever else can be looked up at an issuer alone is (RFC 7662). Nothing in
 * a token says where to look: {@code jku}, {@code x5u} and {@code jwk} are not read at all.
 *
 * <p>The cryptography is a library's. What stands around it is ours, since it is a policy: which
 * claims there must be, that none is there twice, what becomes of what is missing.
 *
 * <p>Of {@code source} it uses how services beside the sources are asked: no redirects, bounded
 * bodies, addresses that are allowed.
 */
@NullMarked
package io.wholechart.token;

import org.jspecify.annotations.NullMarked;
