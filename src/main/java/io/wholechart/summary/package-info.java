/**
 * The International Patient Summary of a merged record. Pure: which sections there are, what each
 * may say, and the words that a person reads; {@code fhir} writes it down. A room of its own,
 * because {@code fhir} knows no completeness and {@code http} should decide nothing clinical.
 *
 * <p>Two editions of the guide exclude each other on the point that matters here. IPS 1.1.0 forbids
 * {@code emptyReason} and wants an entry in each section, so that a section without entries can
 * only say "no information" ({@code no-allergy-info}). IPS 2.0.0 wants {@code emptyReason} where
 * there is no entry, and so can tell a silent source from an empty one. Unless the caller asks for
 * one of them, a document is by 1.1.0 (which satisfies 2.0.0 as well) as long as no empty section
 * lacks a source, and by 2.0.0 otherwise. R4 itself forbids to do both at once (cmp-2).
 */
@NullMarked
package io.wholechart.summary;

import org.jspecify.annotations.NullMarked;
