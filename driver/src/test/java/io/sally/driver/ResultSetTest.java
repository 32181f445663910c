package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.ColumnType;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ResultSetTest {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          ResultColumn.computed("Id", ColumnType.integer(), true),
          ResultColumn.computed("name", ColumnType.varchar(), true),
          ResultColumn.computed("ID", ColumnType.integer(), true));

  private static ResultSet rows(Object... names) {
    return SallyResultSet.of(
        COLUMNS, RowCursor.over(Arrays.stream(names).map(name -> List.of(1, name, 3)).toList()));
  }

  private static void assertState(String state, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(state));
  }

  @Test
  void knowsWhereItStands() throws SQLException {
    try (ResultSet rows = rows("a", "b")) {
      assertThat(position(rows)).isEqualTo("before 0");
      assertThat(rows.next()).isTrue();
      assertThat(position(rows)).isEqualTo("first 1");
      assertThat(rows.next()).isTrue();
      assertThat(position(rows)).isEqualTo("on 2");
      assertThat(rows.getString(2)).isEqualTo("b");
      assertThat(rows.next()).isFalse();
      assertThat(rows.next()).isFalse();
      assertThat(position(rows)).isEqualTo("after 0");
    }
    try (ResultSet none = rows()) {
      assertThat(position(none)).isEqualTo("on 0");
      assertThat(none.next()).isFalse();
      assertThat(position(none)).isEqualTo("on 0");
    }
  }

  private static String position(ResultSet rows) throws SQLException {
    String place =
        rows.isBeforeFirst()
            ? "before"
            : rows.isFirst() ? "first" : rows.isAfterLast() ? "after" : "on";
    return place + " " + rows.getRow();
  }

  @Test
  void findsTheFirstColumnOfALabelInAnyCase() throws SQLException {
    try (ResultSet rows = rows("a")) {
      rows.next();
      assertThat(List.of(rows.findColumn("id"), rows.findColumn("NAME"))).isEqualTo(List.of(1, 2));
      assertState("42703", () -> rows.getInt("colour"));
      assertState("07009", () -> rows.getInt(0));
      assertState("07009", () -> rows.getInt(4));
    }
  }

  @Test
  void valuesAreThereOnARowAlone() throws SQLException {
    try (ResultSet rows = rows("a")) {
      assertState("24000", () -> rows.getInt(1));
      rows.next();
      assertThat(rows.getInt(1)).isEqualTo(1);
      rows.next();
      assertState("24000", () -> rows.getInt(1));
    }
    ResultSet closed = rows("a");
    closed.close();
    assertState("HY010", () -> closed.getInt(1));
  }

  @Test
  void itNeitherScrollsNorWrites() throws SQLException {
    try (ResultSet rows = rows("a")) {
      assertState("0A000", rows::previous);
      assertState("0A000", () -> rows.absolute(1));
      assertState("0A000", () -> rows.updateInt(1, 1));
      assertState("0A000", rows::insertRow);
      assertState("0A000", () -> rows.setFetchDirection(ResultSet.FETCH_REVERSE));
    }
  }

  @Test
  void aTimeThatTheClockOfTheJvmSkipsComesAsItIs() throws SQLException {
    try (Connection connection = new Fixture().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT paid_at FROM orders WHERE id = 10")) {
      rows.next();
      assertThat(rows.getString(1)).isEqualTo("2026-03-29 02:30:00.123");
      assertThat(rows.getStatement()).isSameAs(statement);
    }
  }
}
