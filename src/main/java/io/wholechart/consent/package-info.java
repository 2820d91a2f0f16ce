/**
 * What of a chart a request may see. Pure: no clock, no I/O, no log. It stands between identity,
 * which must see everything to tell whose it is, and the merge, which must not: a group, a conflict
 * or a state would tell of what is kept back.
 *
 * <p>Three things keep an entry from somebody who may read this patient:
 *
 * <pre>
 * what            decides by                               lifted by        the answer says so
 * scope           resource type                            nothing          always
 * label           meta.security R, V, 42CFRPart2, or a     break-glass, or  where showWithheld
 *                 source that is configured as Part 2      the purpose
 * deny list       patient, or patient and section          break-glass      where showWithheld
 * </pre>
 *
 * <p><b>What it says is of the kind and never of the number.</b> A section of which a type is out
 * of scope, or that is on the deny list, is withheld whether or not there is anything, since a
 * marker that only appears where there is something tells what it hides. A source of which all is
 * kept back is not asked at all, and so reads the same for every patient: that somebody is known to
 * a Part 2 program is itself what Part 2 protects. How many entries were kept back stands in the
 * audit log alone.
 *
 * <p><b>With the marker, a withheld section never reads as empty.</b> It is {@code withheld}, or
 * {@code incomplete} where something is shown, its source is not among those that answered, and the
 * chart is not complete; the share of sources that answered is not touched by what one of them may
 * not show, and {@code X-Completeness} names the sections.
 *
 * <p><b>Without the marker, the first invariant is bent, and on purpose.</b> Sources are asked as
 * always, and what is kept back is as if its source had never had it: a section may read {@code
 * none-recorded}, a chart complete, a patient unknown, though there is something. That is what not
 * saying means, and a site that chooses it says to its clinicians that "none recorded" is not
 * "there is none". One thing is not bent: beside what is kept back, an assertion that there is none
 * is shown as the entry that it is, but the section never reads {@code none-known}, for nobody asks
 * on after that. Scopes are no secret from who holds them, so theirs are always marked.
 *
 * <p>A resource that is in no section (a Medication, a Practitioner) and that is referred to by
 * nothing but what is kept back is kept back with it. What else a shown resource says of a hidden
 * one, such as the reference of an encounter to a diagnosis, stays: it is the source that labels,
 * and the bytes that are shown are the source's. A label on a Bundle is not looked at, for it is
 * the highest of its entries', which have their own. HL7 v2 and DICOM sources bear no labels that
 * are read; where what they hold needs one, they are configured as Part 2 or stand on the deny
 * list.
 *
 * <p>Breaking the glass lifts labels and the deny list, never scopes, for one caller, one patient
 * and a quarter of an hour at most. Grants are remembered by the process that gave them: on another
 * node, or after a restart, the header is sent again.
 */
@NullMarked
package io.wholechart.consent;

import org.jspecify.annotations.NullMarked;
