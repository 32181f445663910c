/** The sources: one class declares all that the engine must know of one kind of database. */
@NullMarked
package io.sally.engine.source;

import org.jspecify.annotations.NullMarked;
