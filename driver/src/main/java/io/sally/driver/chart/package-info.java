/**
 * From the rows of an answer to a chart: which kind suits them, and its Vega-Lite specification.
 */
@NullMarked
package io.sally.driver.chart;

import org.jspecify.annotations.NullMarked;
