package io.sally.driver.config;

import java.nio.file.Path;

/**
 * Where something stands in a configuration file; line and column count from 1.
 *
 * @param file the file's whole path
 */
record FilePosition(Path file, int line, int column) {
  @Override
  public String toString() {
    return file + ", line " + line + ", column " + column;
  }
}
