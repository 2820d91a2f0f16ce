/**
 * What is missing, by source and by section. Pure.
 *
 * <p>A section is called empty only where every source that is responsible for it answered whole.
 * That is in the types: the states that say so take a {@link
 * io.wholechart.completeness.Coverage.Whole}, which only the reports of all sources can yield. What
 * is kept from who asks makes a section lacking as well, unless the site hides that; {@code
 * consent} says what then becomes of this rule. {@link io.wholechart.completeness.EmptyReason} says
 * what a state means in FHIR's words.
 */
@NullMarked
package io.wholechart.completeness;

import org.jspecify.annotations.NullMarked;
