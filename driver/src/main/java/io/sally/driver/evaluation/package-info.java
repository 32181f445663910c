/** Tells how well questions are answered, by questions whose right queries are known. */
@NullMarked
package io.sally.driver.evaluation;

import org.jspecify.annotations.NullMarked;
