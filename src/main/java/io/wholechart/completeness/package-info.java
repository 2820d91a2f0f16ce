/**
 * What is missing, by source and by section. Pure. A section is called empty only where every
 * source that is responsible for it answered whole; the one factory of section states sees to that.
 */
@NullMarked
package io.wholechart.completeness;

import org.jspecify.annotations.NullMarked;
