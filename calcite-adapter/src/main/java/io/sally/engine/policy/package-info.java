/** Who may read what of a source: what is decided beside the source's own grants. */
@NullMarked
package io.sally.engine.policy;

import org.jspecify.annotations.NullMarked;
