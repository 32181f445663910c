package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class SallyDriverTest {
  private static final String DEMO = "jdbc:sally:demo?llm.provider=offline&demoDate=2026-03-31";

  private final Fixture fixture = new Fixture();

  @Test
  void theDriverManagerFindsIt() throws SQLException {
    Driver driver = DriverManager.getDriver("jdbc:sally:");
    assertThat(driver).isInstanceOf(SallyDriver.class);
    assertThat(List.of(driver.acceptsURL("jdbc:sally:x"), driver.acceptsURL("jdbc:sall:")))
        .isEqualTo(List.of(true, false));
    assertThat(driver.connect("jdbc:postgresql:x", new Properties())).isNull();
    assertThat(driver.getParentLogger().getName()).isEqualTo("io.sally");
  }

  @Test
  void theDemoAnswersOnItsDay() throws SQLException {
    try (Connection connection = DriverManager.getConnection(DEMO)) {
      assertThat(
              Fixture.rows(
                  connection,
                  "SELECT CURRENT_DATE, (SELECT count(*) FROM studies) > 0,"
                      + " (SELECT count(*) FROM demo.shipments) > 0"))
          .isEqualTo(List.of(List.of("2026-03-31", "true", "true")));
    }
  }

  @Test
  void aDataSourceGivesTheSame() throws SQLException {
    SallyDataSource source = new SallyDataSource();
    source.setUrl("jdbc:sally:demo");
    source.setProperty("llm.provider", "offline");
    source.setProperty("demoDate", "2026-03-31");
    try (Connection connection = source.getConnection("anybody", "anything")) {
      assertThat(Fixture.rows(connection, "SELECT CURRENT_DATE"))
          .isEqualTo(List.of(List.of("2026-03-31")));
    }
  }

  @Test
  void aModeWithoutSourcesIsRefusedAndLeavesNothingOpen() {
    assertThatThrownBy(() -> fixture.connect("jdbc:sally:?mode=production"))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"))
        .hasMessageContaining("production has no sources");
    assertThat(fixture.open).isZero();
  }

  @Test
  void aKeyThatCannotBeAKeyIsRefusedWithoutShowingIt() {
    Properties properties = new Properties();
    properties.setProperty("llm.apiKey", "s3cret key");
    assertThatThrownBy(() -> DriverManager.getConnection("jdbc:sally:", properties))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("llm.apiKey")
        .hasMessageNotContaining("s3cret key");
  }
}
