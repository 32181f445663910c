/**
 * ASK: from a question in plain language to a proven query.
 *
 * <p>Knows the engine by its public face only: catalogs, prepare, execution.
 */
@NullMarked
package io.sally.ask;

import org.jspecify.annotations.NullMarked;
