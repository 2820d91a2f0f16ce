/**
 * A hospital of real systems for {@code make real}: HAPI FHIR's JPA server as the EHR and Orthanc
 * as the imaging archive, each a process of its own, filled with Synthea's patients; laboratory and
 * pharmacy are the stub hospital's, with stubs for the same patients.
 *
 * <p>Stubs do what we thought of. These do what their authors thought of: pages of ten whatever was
 * asked for, wildcards, practitioners and places in a chart. What they hold is asked here once
 * more, past everything of ours, so that a mistake in our reading cannot hide in its own check.
 */
@NullMarked
package io.wholechart.real;

import org.jspecify.annotations.NullMarked;
