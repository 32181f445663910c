/** From URL and properties to a configuration. */
@NullMarked
package io.sally.driver.config;

import org.jspecify.annotations.NullMarked;
