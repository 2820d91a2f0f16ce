/**
 * Finds patients' values where none may be: whatever a test run logs, throws, scrapes or gets as an
 * error goes past the {@link io.wholechart.canary.Canary}, and a test class during which it found
 * something fails. It is there for every test, none of which has to ask for it: a leak is where
 * nobody thought of looking.
 */
package io.wholechart.canary;
