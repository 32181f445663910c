/** What all translators that ask a language model share, and how one is found. */
@NullMarked
package io.sally.ask.model;

import org.jspecify.annotations.NullMarked;
