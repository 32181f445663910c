package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every method of JDBC does what it has to, or is refused; docs/jdbc.md lists them. */
class JdbcMethodsTest {
  private static final Path PAGE = Path.of("..", "docs", "jdbc.md");

  private final Fixture fixture = new Fixture();
  private final List<JdbcCases<?>> faces =
      List.of(
          ConnectionCases.driver(fixture),
          ConnectionCases.dataSource(),
          ConnectionCases.connection(fixture),
          StatementCases.statement(fixture),
          StatementCases.prepared(fixture),
          ResultSetCases.rows(fixture),
          ResultSetCases.columns(fixture),
          StatementCases.parameters(fixture),
          DatabaseMetaDataCases.of(fixture));

  @Test
  void everyMethodIsRightOrRefused() {
    assertThat(faces.stream().flatMap(face -> face.faults().stream())).isEmpty();
  }

  /** {@code -DupdateGolden=true} writes the page anew. */
  @Test
  void thePageListsThem() throws IOException {
    String page = page();
    if (Boolean.getBoolean("updateGolden")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(page);
  }

  /** What {@code StressIT} printed with {@code -Dstress.minutes=5}, on 2 cores. */
  private static final String UNDER_LOAD =
      """

      ## Under load

      `StressIT`, over the demo, a SQLite and a PostgreSQL 18.6, on 2 cores that did other work too. Every answer was right.

      | | |
      |---|---|
      | 100 connections opened, used for a query each, and closed, 100 times | 54.5 s |
      | 32 threads for five minutes: queries, questions, prepared ones, joins, metadata, wrong ones, abandoned results, cancels | 71,062 statements |
      | of them cancelled or out of time | 6,989 |
      | heap in use after a collection: before, after the connections, after the threads | 28.7, 29.5, 29.8 MB |
      | connections to PostgreSQL, and threads, that stayed behind | 0 |
      """;

  private String page() {
    StringBuilder page =
        new StringBuilder(
            """
            # Every method of JDBC

            Sally's driver has JDBC 4.3, the version of Java 9 and later. A method either does what \
            JDBC says, or is refused
            with `SQLFeatureNotSupportedException`, SQLState `0A000`: then it writes, or needs what a \
            read-only federation does
            not have. On a closed object a method fails in the SQLState of the last column: `08003`, \
            no connection, or
            `HY010`, called out of sequence. `JdbcMethodsTest` calls each of them with an expected \
            result, and writes this page.

            There are no stored routines, so that `prepareCall` is refused and nothing is a \
            `CallableStatement`.

            | interface | right | refused | wrong |
            |---|---:|---:|---:|
            """);
    for (JdbcCases<?> face : faces) {
      page.append("| %s | %d | %d | 0 |%n".formatted(face.name(), face.right(), face.refused()));
    }
    faces.forEach(face -> page.append(face.markdown()));
    return page.append(UNDER_LOAD).toString();
  }
}
