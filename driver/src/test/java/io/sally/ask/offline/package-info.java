@NullMarked
package io.sally.ask.offline;

import org.jspecify.annotations.NullMarked;
