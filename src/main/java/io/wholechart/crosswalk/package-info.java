/**
 * By which id a source knows the patient. Systems number patients each in its own way; here the id
 * that a caller asks by becomes the one that a source is asked by: the same, or the one that a file
 * or an IHE PIXm service names.
 *
 * <p>It never chooses and never guesses. A {@link io.wholechart.crosswalk.Resolution} is exactly
 * one id; or that the patient positively has none there, and only that reads as "not found"; or
 * that nobody can say, which is a failure of the source like any other:
 *
 * <pre>
 *                                   csv                          pixm
 * one id                            the cell                     one targetIdentifier of the system
 * positively none there             a dash in the cell           200 and no identifier at all
 * nobody can say                    no row, or an empty cell     404, another status, not FHIR, no answer
 * more than one                     refused when it is loaded    nobody can say
 * </pre>
 *
 * <p>A PIXm service that does not know the id says nothing about what a source holds, and one that
 * answers with identifiers of other systems alone did not do as it was asked; neither is "none".
 *
 * <p>The way back, from a number to the id that callers ask by, is a search's ({@link
 * io.wholechart.crosswalk.Holder}). "Nobody" is as positive there as "none" is here:
 *
 * <pre>
 *                                   csv                          pixm
 * one patient                       the row with the number      one targetIdentifier of the callers' system
 * positively nobody                 no row has it, and none has  200 and no identifier at all, or 404 with an
 *                                   an empty cell there          OperationOutcome "not-found"
 * nobody can say                    no row has it, and one may;  another 404 or status, not FHIR, ids of other
 *                                   the file has changed, and    systems alone, no answer
 *                                   cannot be used
 * more than one                     without a system, in two     two targetIdentifiers
 *                                   columns
 * </pre>
 *
 * <p>The service is asked over {@link io.wholechart.source.ServiceReads}, which is what a source's
 * own calls end in: no redirects, a bounded body, a bulkhead, and the interrupt as the deadline.
 * The pipeline's types stay private to {@code source}; what would be gained by showing them, the
 * second try and the rest, is not worth it for a call that is answered from memory most of the
 * time.
 */
@NullMarked
package io.wholechart.crosswalk;

import org.jspecify.annotations.NullMarked;
