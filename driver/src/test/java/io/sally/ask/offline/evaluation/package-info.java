/** Measures the offline translator on databases that it has never seen. */
@NullMarked
package io.sally.ask.offline.evaluation;

import org.jspecify.annotations.NullMarked;
