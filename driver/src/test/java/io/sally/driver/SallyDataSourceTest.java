package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Hashtable;
import java.util.List;
import javax.naming.Reference;
import javax.naming.spi.NamingManager;
import org.junit.jupiter.api.Test;

class SallyDataSourceTest {
  @Test
  void connectsToTheDemoUntilItIsToldOtherwise() throws SQLException {
    SallyDataSource source = new SallyDataSource();
    source.setProperty("demoDate", "2026-03-15");
    try (Connection connection = source.getConnection()) {
      assertThat(Fixture.rows(connection, "SELECT CURRENT_DATE, count(*) FROM sites"))
          .isEqualTo(List.of(List.of("2026-03-15", "150")));
    }
  }

  @Test
  void itsPropertiesAreThoseOfABean() throws SQLException {
    SallyDataSource source = new SallyDataSource();
    source.setConfig("/etc/sally/sally.yaml");
    assertThat(List.of(source.getUrl(), source.getConfig()))
        .isEqualTo(List.of("jdbc:sally:/etc/sally/sally.yaml", "/etc/sally/sally.yaml"));
    source.setUrl("jdbc:sally:demo?ask.attempts=1");
    source.setUser("ada");
    source.setPassword("s3cret");
    assertThat(List.of(source.getConfig(), String.valueOf(source.getUser())))
        .isEqualTo(List.of("demo", "ada"));
    try (Connection own = source.getConnection();
        Connection other = source.getConnection("bob", null)) {
      assertThat(List.of(own.getMetaData().getUserName(), other.getMetaData().getUserName()))
          .isEqualTo(List.of("ada", "bob"));
    }
  }

  @Test
  void whatIsWrongIsToldWhenItConnects() throws SQLException {
    SallyDataSource source = new SallyDataSource();
    source.setUrl("jdbc:other:x");
    assertThatThrownBy(source::getConnection)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"));
    source.setUrl("jdbc:sally:demo");
    source.setProperty("mode", "nonsense");
    assertThatThrownBy(source::getConnection)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
    source.setProperty("mode", null);
    assertThat(source.getConfig()).isEqualTo("demo");
  }

  @Test
  @SuppressWarnings("JdkObsolete") // The interface of naming services has a Hashtable.
  void aNamingServiceGivesItBackAsItWas() throws Exception {
    SallyDataSource source = new SallyDataSource();
    source.setProperty("demoDate", "2026-03-15");
    source.setUser("ada");
    Reference kept = source.getReference();
    Object made = NamingManager.getObjectInstance(kept, null, null, new Hashtable<>());
    assertThat(made).isInstanceOf(SallyDataSource.class);
    SallyDataSource again = (SallyDataSource) made;
    assertThat(again.getReference()).isEqualTo(kept);
    try (Connection connection = again.getConnection()) {
      assertThat(Fixture.rows(connection, "SELECT CURRENT_DATE"))
          .isEqualTo(List.of(List.of("2026-03-15")));
      assertThat(connection.getMetaData().getUserName()).isEqualTo("ada");
    }
    assertThat(
            new SallyDataSourceFactory()
                .getObjectInstance(new Reference("java.lang.String"), null, null, null))
        .isNull();
  }
}
