/**
 * Every meter's name, tags and description, declared once: the dashboard and the alerts under
 * {@code config} are held against a real scrape of this room by a test. Micrometer alone, not
 * Helidon's metrics, which would add labels of its own and a second registry. No tag ever carries a
 * patient's id: tags are configured names and closed vocabularies, so that the number of series is
 * bounded.
 */
@NullMarked
package io.wholechart.metrics;

import org.jspecify.annotations.NullMarked;
