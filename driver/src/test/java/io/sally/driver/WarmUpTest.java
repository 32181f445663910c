package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The list of classes is that of what a first statement loads. */
@Timeout(300)
class WarmUpTest {
  private static final Path LIST =
      Path.of("src", "main", "resources", "io", "sally", "driver", WarmUp.NAMES);

  private static final Pattern LOADED =
      Pattern.compile("\\] ([\\w.$]+) source: (file:|jar:|.*\\.jar)");

  private static final String STATEMENT =
      "SELECT s.country, COUNT(*) FROM sites s JOIN inventory i ON i.site_id = s.site_id"
          + " GROUP BY s.country";

  /** {@code -DupdateGolden=true} writes the list anew. */
  @Test
  void theListIsThatOfAFirstStatement(@TempDir Path folder) throws Exception {
    List<String> loaded = loadedByAFirstStatement(folder.resolve("classes.log"));
    if (Boolean.getBoolean("updateGolden")) {
      Files.write(LIST, loaded);
    }
    List<String> listed = Files.readAllLines(LIST);
    assertThat(listed).doesNotHaveDuplicates();
    List<String> missing = new ArrayList<>(loaded);
    missing.removeAll(listed);
    List<String> needless = new ArrayList<>(listed);
    needless.removeAll(loaded);
    assertThat(missing).hasSizeLessThan(loaded.size() / 20);
    assertThat(needless).hasSizeLessThan(loaded.size() / 20);
  }

  /** With one processor there is no warm-up, which would load what is listed already. */
  private static List<String> loadedByAFirstStatement(Path log)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:ActiveProcessorCount=1",
                "-Xlog:class+load:file=" + log + "::filecount=0",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                FirstQuery.class.getName(),
                SallyDriver.class.getName(),
                "jdbc:sally:demo",
                STATEMENT)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    List<String> loaded = new ArrayList<>();
    for (String line : Files.readAllLines(log)) {
      Matcher matcher = LOADED.matcher(line);
      if (matcher.find()) {
        String name = Objects.requireNonNull(matcher.group(1));
        if (!name.equals(FirstQuery.class.getName())) {
          loaded.add(name);
        }
      }
    }
    return loaded;
  }
}
