/** The same question with another value, answered by the same query with another literal. */
@NullMarked
package io.sally.ask.prepared;

import org.jspecify.annotations.NullMarked;
