package io.sally.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The version as the build wrote it: {@code major.minor.patch}. */
record ProductVersion(String text, int major, int minor) {
  static final ProductVersion CURRENT = read();

  private static ProductVersion read() {
    try (InputStream in = ProductVersion.class.getResourceAsStream("version.properties")) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks io/sally/driver/version.properties");
      }
      Properties properties = new Properties();
      properties.load(in);
      return of(properties.getProperty("version", ""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static ProductVersion of(String text) {
    String[] parts = text.split("[.-]", -1);
    return new ProductVersion(text, Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
  }
}
