/**
 * FHIR R4. On the way in: cutting a Bundle into resource slices and reading the few elements that
 * identity, merge and completeness need, in one streaming pass; a resource keeps the bytes it came
 * in, so nothing is lost by our not understanding it, and a chart costs a tenth of what parsing it
 * into a model would. On the way out: authoring what we must write ourselves, from HL7 v2 and
 * DICOM, straight into bytes as well. HAPI's model and encoder, which did that at first, took 45 of
 * every 100 microseconds of reading a laboratory's message, and a second of every start; they are
 * the tests' oracle now, byte for byte.
 *
 * <p>In FHIR answers, several sources' resources stand side by side: {@link
 * io.wholechart.fhir.Splice} gives each its name there, and copies the rest of its bytes. Only XML
 * needs HAPI's model, and only {@link io.wholechart.fhir.XmlFormat} loads it.
 */
@NullMarked
package io.wholechart.fhir;

import org.jspecify.annotations.NullMarked;
