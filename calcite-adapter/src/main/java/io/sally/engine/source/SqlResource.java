package io.sally.engine.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A long SQL text that stands in a file of its own beside this class. */
final class SqlResource {
  private SqlResource() {}

  static String read(String file) {
    try (InputStream stream = SqlResource.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException("The jar lacks its resource " + file);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
