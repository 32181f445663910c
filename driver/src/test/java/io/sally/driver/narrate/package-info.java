@NullMarked
package io.sally.driver.narrate;

import org.jspecify.annotations.NullMarked;
