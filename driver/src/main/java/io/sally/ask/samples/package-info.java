/** Values of rows that may leave the machine, where a source allows it. */
@NullMarked
package io.sally.ask.samples;

import org.jspecify.annotations.NullMarked;
