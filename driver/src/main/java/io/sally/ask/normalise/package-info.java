/** From SQL as models write it, in whatever database's manner, to Calcite's SQL. */
@NullMarked
package io.sally.ask.normalise;

import org.jspecify.annotations.NullMarked;
