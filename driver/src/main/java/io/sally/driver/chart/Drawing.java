package io.sally.driver.chart;

import java.util.List;

/**
 * A specification as JSON.
 *
 * @param notes what it leaves out, in sentences
 */
record Drawing(String spec, List<String> notes) {
  Drawing {
    notes = List.copyOf(notes);
  }
}
