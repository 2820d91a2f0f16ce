/**
 * FHIR R4. On the way in: cutting a Bundle into resource slices and reading the few elements that
 * identity, merge and completeness need, in one streaming pass; a resource keeps the bytes it came
 * in, so nothing is lost by our not understanding it, and a chart costs a tenth of what parsing it
 * into a model would. On the way out: authoring what we must write ourselves (from HL7 v2 and
 * DICOM) with HAPI's types, which no other package names.
 */
@NullMarked
package io.wholechart.fhir;

import org.jspecify.annotations.NullMarked;
