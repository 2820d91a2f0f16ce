@NullMarked
package io.wholechart.http;

import org.jspecify.annotations.NullMarked;
