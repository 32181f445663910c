/** The words of questions and of names: their forms, their short forms, what stands for them. */
@NullMarked
package io.sally.ask.words;

import org.jspecify.annotations.NullMarked;
