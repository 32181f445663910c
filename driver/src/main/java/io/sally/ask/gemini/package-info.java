/** The translator that asks Google's Gemini. */
@NullMarked
package io.sally.ask.gemini;

import org.jspecify.annotations.NullMarked;
