/** The rows of an answer as material for what is made of them: a chart, or a sentence. */
@NullMarked
package io.sally.driver.answer;

import org.jspecify.annotations.NullMarked;
