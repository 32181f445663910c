/** The translator that needs no model and no network. */
@NullMarked
package io.sally.ask.offline;

import org.jspecify.annotations.NullMarked;
