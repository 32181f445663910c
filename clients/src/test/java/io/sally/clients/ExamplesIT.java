package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The programs of docs/examples.md run, and the page shows exactly them. */
@Timeout(300)
class ExamplesIT {
  private static final Path SOURCES = Path.of("src", "test", "java", "io", "sally", "clients");
  private static final Pattern EXAMPLE =
      Pattern.compile("  // example: \\w+\\n(.*?)\\n\\n  // end\\n", Pattern.DOTALL);
  private static final Pattern SHOWN = Pattern.compile("```java\\n(.*?)\\n```", Pattern.DOTALL);

  @Test
  void thePageShowsThem() throws Exception {
    List<String> programs =
        EXAMPLE
            .matcher(Files.readString(SOURCES.resolve("Examples.java")))
            .results()
            .map(example -> example.group(1).replaceAll("(?m)^  ", ""))
            .toList();
    List<String> shown =
        SHOWN
            .matcher(Files.readString(Path.of(System.getProperty("sally.docs"), "examples.md")))
            .results()
            .map(example -> example.group(1))
            .toList();
    assertThat(programs).hasSize(6);
    assertThat(shown.subList(0, 6)).isEqualTo(programs);
    assertThat(shown.subList(6, shown.size()))
        .containsExactly(Files.readString(SOURCES.resolve("SallyDialect.java")).strip());
  }

  @Test
  void theQueryRunsOverTheDemo() throws Exception {
    assertThat(Examples.sitesActivatedSince(LocalDate.of(2000, 1, 1))).hasSizeBetween(50, 150);
  }

  @ParameterizedTest
  @EnumSource
  void askChartApprovalPoolAndSpringRun(Database database) throws Exception {
    try (HikariDataSource pool = Examples.pool(database.url());
        Connection connection = pool.getConnection()) {
      Map<String, List<String>> asked = Examples.ask(connection, "How many sites by country?");
      assertThat(asked.get("answer")).hasSize(25).startsWith("United States: 20", "Germany: 13");
      assertThat(asked.get("notes")).contains("Trust: offline");
      assertThat(Examples.showThenRun(connection, "How many sites?")).isEqualTo("150");
      assertThat(Examples.vegaLite(connection, "How many sites by country?"))
          .contains("vega-lite", "United States");
      assertThat(Examples.largestCountries(pool, 10))
          .containsExactly(
              new Examples.SitesInCountry("United States", 20),
              new Examples.SitesInCountry("Germany", 13));
    }
  }
}
