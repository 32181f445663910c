/**
 * The engine: from configured sources and one SQL text to a cursor of rows.
 *
 * <p>{@link io.sally.engine.Engine} is the face; {@link io.sally.engine.Plan}, {@link
 * io.sally.engine.RowCursor}, {@link io.sally.engine.Session} and {@link io.sally.engine.Execution}
 * are what passes through it. The engine knows nothing of questions or of JDBC clients.
 */
@NullMarked
package io.sally.engine;

import org.jspecify.annotations.NullMarked;
