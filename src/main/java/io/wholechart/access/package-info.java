/**
 * Who may read what. In this first form everybody who can reach a loopback socket may, under the
 * name {@code anonymous}; so the service refuses to listen anywhere else.
 */
@NullMarked
package io.wholechart.access;

import org.jspecify.annotations.NullMarked;
