@NullMarked
package io.wholechart.aggregate;

import org.jspecify.annotations.NullMarked;
