@NullMarked
package io.sally.driver.chart;

import org.jspecify.annotations.NullMarked;
