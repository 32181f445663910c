package io.sally.ask.offline;

import org.jspecify.annotations.Nullable;

/**
 * A meaning of a piece of a question.
 *
 * @param score how well the words fit, 1 for word by word
 * @param assumption what is taken for granted with it, or null when it is plain
 */
record Match(Meaning meaning, double score, @Nullable String assumption) {}
