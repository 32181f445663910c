@NullMarked
package io.sally.driver;

import org.jspecify.annotations.NullMarked;
