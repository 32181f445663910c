/** Texts of a question that stay on this machine while a language model translates it. */
@NullMarked
package io.sally.ask.withheld;

import org.jspecify.annotations.NullMarked;
