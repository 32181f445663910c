@NullMarked
package io.sally.ask.context;

import org.jspecify.annotations.NullMarked;
