/**
 * Is this payload about this patient? Pure. Every entry is compared with the id by which its source
 * was asked, with the identifiers of the Patients who bear an asked id, and with what the other
 * sources say of the patient. A verdict is stated, never assumed, and addresses are not looked at:
 * a household shares one.
 *
 * <p>Ids and identifiers come first. What they say of a Patient, or of the patient that an entry
 * names or describes:
 *
 * <pre>
 * evidence                                                     standing   verdict without any doubt
 * the id that the source was asked by, as logical id or as
 *   an identifier of its idSystem or of no system              bearer     match
 * an identifier that a bearer has, value and system            bearer     match
 * a value that a bearer has, one of the two without a system   weak       unverified; match where birth
 *                                                                         date and both names are the same
 * neither id nor identifier                                    nameless   unverified, a namesake is no proof
 * identifiers only of systems of which nobody knows theirs     foreign    suspect
 * another id; another value of a system that a bearer is in    other      mismatch
 * </pre>
 *
 * <p>Then doubt is weighed, of what the source says of the patient against what the reference says:
 * 2 make it suspect, 3 a mismatch. What is not said on both sides weighs nothing.
 *
 * <pre>
 *                 differs   differs as by a slip of the hand
 * birth date      2         1   one digit, two digits or day and month swapped, 1 January of the year
 * given name      2         1   Jaro-Winkler from 0.925, an initial, a middle name
 * family name     1         0   Jaro-Winkler from 0.90; a part of it, or a former one, is the same
 * sex             1
 * a number of
 *   one system    1         2 where birth date or given name are not alike;  the same number: -1
 * </pre>
 *
 * <p>So no slip alone and no marriage withholds anything; a reused or mistyped id, which is another
 * birth date and another name, always does; and a twin, who has but another given name, is suspect.
 * Names are folded first: case, accents, punctuation, ü as ue and as u; names in two scripts are
 * not compared. The price: somebody called Bill here and William there is suspect until both
 * sources have a number of theirs in one system. A list of nicknames would be a list of guesses.
 *
 * <p>The reference is the Patient of the sources that are responsible for the section {@code
 * patient}, then of any source, then what comes with studies. Where those contradict one another,
 * only what more than half of them agree on is believed: of two, neither.
 *
 * <p>This is no {@code $match} and no PDQm: nobody is looked for by what they are called.
 * Similarity only ever takes a proof away, so that two people are never taken for one because they
 * are alike.
 *
 * <p>What is withheld is counted as missing, and its source is then believed only where an entry
 * proves itself. What stands within a resource is looked into: a contained Patient that it refers
 * to is compared like any other, and what a nested Bundle names can make it a mismatch but never a
 * match.
 */
@NullMarked
package io.wholechart.identity;

import org.jspecify.annotations.NullMarked;
