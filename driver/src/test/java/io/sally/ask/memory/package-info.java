@NullMarked
package io.sally.ask.memory;

import org.jspecify.annotations.NullMarked;
