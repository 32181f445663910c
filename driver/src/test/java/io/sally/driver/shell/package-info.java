/** The command line. */
@NullMarked
package io.sally.driver.shell;

import org.jspecify.annotations.NullMarked;
