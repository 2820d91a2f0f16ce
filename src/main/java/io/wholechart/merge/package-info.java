/**
 * Entries of all sources to one record. Pure: no clock, no I/O, no log. It groups and orders and
 * never interprets: no unit is converted, no duplicate deleted, no conflict settled.
 *
 * <p>What counts as the same is deliberately narrow: the same type, a code of the same code system
 * (or the same words, where there is no code), the same status and the same clinically relevant
 * time, from different sources; and for a result the same value. A miss shows something twice,
 * which a reader sees; a false match hides one behind another, which nobody sees.
 *
 * <p>A drug is the same only by RxNorm, and only where all its RxNorm codes are. RxNorm's numbers
 * do not tell a clinical drug (ingredient and strength) from an ingredient, and packages (NDC) and
 * local codes say less than that; see {@link io.wholechart.merge.Subject}. A drug that is known by
 * a reference to another resource stands alone.
 *
 * <p>Nothing depends on the order in which sources answered, and merging the entries of a record
 * again gives the record again; see {@link io.wholechart.merge.Grouping} for how.
 *
 * <p>What contradicts itself is listed as {@link io.wholechart.patient.Conflict}s: who the patient
 * is, "none known" beside something, active beside ended, different values and dosages. Between
 * units nothing is said but that they differ: 5.0 mmol/L and 90 mg/dL may be one and the same.
 */
@NullMarked
package io.wholechart.merge;

import org.jspecify.annotations.NullMarked;
