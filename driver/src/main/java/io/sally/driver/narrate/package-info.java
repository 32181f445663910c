/** From the rows of an answer to a sentence or two with their numbers. */
@NullMarked
package io.sally.driver.narrate;

import org.jspecify.annotations.NullMarked;
