/**
 * Keys and certificates as they lie on disk: PEM files (RFC 7468), which is what certificate
 * authorities, cert-manager and every proxy's configuration hand out; Java's own stores would have
 * to be made from them first, with a password that protects nothing.
 */
@NullMarked
package io.wholechart.tls;

import org.jspecify.annotations.NullMarked;
