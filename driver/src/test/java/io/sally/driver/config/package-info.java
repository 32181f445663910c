@NullMarked
package io.sally.driver.config;

import org.jspecify.annotations.NullMarked;
