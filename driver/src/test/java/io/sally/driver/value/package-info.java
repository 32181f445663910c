@NullMarked
package io.sally.driver.value;

import org.jspecify.annotations.NullMarked;
