@NullMarked
package io.wholechart.source;

import org.jspecify.annotations.NullMarked;
