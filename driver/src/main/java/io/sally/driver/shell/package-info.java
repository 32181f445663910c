/** The command line: one statement and its rows, or a shell. */
@NullMarked
package io.sally.driver.shell;

import org.jspecify.annotations.NullMarked;
