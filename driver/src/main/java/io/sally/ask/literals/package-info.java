/** The literals of a query and the columns that they are compared with. */
@NullMarked
package io.sally.ask.literals;

import org.jspecify.annotations.NullMarked;
