package io.sally.driver.shell;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTimeoutException;
import java.sql.Statement;
import java.util.Objects;
import java.util.Properties;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the interactive shell shows beside the rows, which SQLLine prints. */
class TerminalDriverTest {
  @TempDir Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream notices = new ByteArrayOutputStream();
  private Connection connection;

  @BeforeEach
  void connect() throws SQLException {
    connection = connect(folder.resolve("chart.html"));
  }

  private Connection connect(Path chart) throws SQLException {
    Terminal terminal = new Terminal(stream(out), stream(notices), new ChartPage(chart));
    return Objects.requireNonNull(
        new TerminalDriver(terminal)
            .connect("jdbc:sally:demo?demoDate=2026-03-15&llm.provider=offline", new Properties()));
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void aChartIsDrawnAndItsPageIsNamed() throws SQLException, IOException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.execute("ASK CHART 'how many studies by phase?'")).isTrue();
      try (ResultSet rows = statement.getResultSet()) {
        assertThat(rows.getMetaData().getColumnCount()).isEqualTo(5);
        assertThat(rows.getMetaData().getColumnLabel(5)).isEqualTo("title");
        assertThat(rows.next()).isTrue();
        assertThat(rows.getString(1)).isEqualTo("bar");
        assertThat(rows.next()).isFalse();
      }
    }
    Path page = folder.resolve("chart.html");
    assertThat(text(out)).contains("█").endsWith("Chart: bar, in " + page + System.lineSeparator());
    assertThat(Files.readString(page)).contains("<title>");
  }

  @Test
  void aPageThatCannotBeWrittenKeepsNoChartFromBeingDrawn() throws SQLException {
    try (Connection other = connect(folder.resolve("nowhere").resolve("chart.html"));
        Statement statement = other.createStatement();
        ResultSet rows = statement.executeQuery("ASK CHART 'how many studies by phase?'")) {
      assertThat(rows.next()).isTrue();
    }
    assertThat(text(out)).contains("█").contains("The chart cannot be written: ");
  }

  @Test
  void whatTakesLongSaysSoAndTheLineGoesAway() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(3);
      Assertions.assertThatThrownBy(
              () ->
                  statement
                      .executeQuery(
                          "SELECT COUNT(*) FROM shipments a, shipments b, shipments c"
                              + " WHERE a.quantity + b.quantity <> c.quantity")
                      .next())
          .isInstanceOf(SQLTimeoutException.class);
    }
    assertThat(text(notices)).contains("\rRunning … 1 s".replace("\r", "\r\u001b[K"));
    assertThat(text(notices)).endsWith("\r\u001b[K");
    assertThat(text(out)).isEmpty();
  }

  @Test
  void otherRowsAreAsTheDriverGivesThem() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 AS spec, 2 AS b")) {
      assertThat(rows.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt("spec") + rows.getInt(2)).isEqualTo(3);
      assertThat(statement.execute("SET mode = 'demo'")).isFalse();
    }
    assertThat(text(out) + text(notices)).isEmpty();
  }
}
