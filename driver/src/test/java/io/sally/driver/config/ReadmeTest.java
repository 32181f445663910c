package io.sally.driver.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The README's tables of settings, against what there is. */
class ReadmeTest {
  @Test
  void everySettingIsDescribed() throws IOException {
    String readme = Files.readString(Path.of("..", "README.md"));
    assertThat(
            Stream.concat(Property.keys().stream(), SourceProperty.keys().stream())
                .filter(key -> readme.lines().noneMatch(line -> isRowOf(line, key))))
        .isEmpty();
  }

  private static boolean isRowOf(String line, String key) {
    return line.startsWith("| ") && line.split("\\|", -1)[1].contains("`" + key + "`");
  }
}
