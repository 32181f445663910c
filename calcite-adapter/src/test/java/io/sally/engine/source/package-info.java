@NullMarked
package io.sally.engine.source;

import org.jspecify.annotations.NullMarked;
