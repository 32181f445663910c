/**
 * What a language model is told of a question: the part of the catalog that the question needs, the
 * glossary, the rules. It knows no particular model.
 */
@NullMarked
package io.sally.ask.context;

import org.jspecify.annotations.NullMarked;
