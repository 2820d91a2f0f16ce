/**
 * HL7 v2 laboratory results (ORU, 2.2 to 2.8, ER7) to FHIR R4 resources. Pure: bytes in, resources
 * out.
 *
 * <p>The segments of a message are walked in order, PID, OBR, OBX, NTE, instead of being fitted
 * into the group structure of a version: real messages break that structure in every way, and a
 * parser that insists on it loses results. Fields are looked up in the text where they are asked
 * for, and HAPI undoes the escapes; its parser, which models every field of a segment, took eleven
 * microseconds for each. The mapping follows HL7's Version 2 to FHIR guide where that has an
 * answer. Where it has none:
 *
 * <ul>
 *   <li>A time without a zone, where the message's own time (MSH-7) has none either, becomes a day,
 *       since FHIR has no time of day without a zone and a zone is not for us to invent; the time
 *       as it was sent stands in a note.
 *   <li>A document (ED) becomes the report's {@code presentedForm}, and its Observation says {@code
 *       unsupported}: an R4 Observation cannot hold one.
 *   <li>OBX-4, which tells apart the results of one test, becomes an identifier.
 *   <li>Text has no components: a separator in it is one that its sender forgot to escape, and is
 *       kept. So is a line end: what follows it is a segment only where it looks like one with this
 *       message's own separator.
 *   <li>A batch that counts more messages than it holds, or that neither holds one nor ends, is cut
 *       off, and never a positive "nothing".
 * </ul>
 */
@NullMarked
package io.wholechart.hl7v2;

import org.jspecify.annotations.NullMarked;
