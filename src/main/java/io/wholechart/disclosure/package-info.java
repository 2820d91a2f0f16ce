/**
 * The audit log for the people who read it: what a patient is told of who looked, the accesses that
 * wait for review, and FHIR AuditEvents after IHE's Basic Audit Log Patterns for other systems. It
 * only reads, one record at a time; the one thing it writes, that a review was closed, goes to a
 * log of its own. So nothing here is on the way of a request.
 */
@NullMarked
package io.wholechart.disclosure;

import org.jspecify.annotations.NullMarked;
