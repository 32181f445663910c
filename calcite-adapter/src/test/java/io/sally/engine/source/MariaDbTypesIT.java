package io.sally.engine.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;

@Tag("mysql")
class MariaDbTypesIT extends TypeConformance {
  private static final String DATABASE = "conformance";

  @BeforeAll
  static void create() throws SQLException {
    MariaDb.create(DATABASE);
  }

  @Override
  JdbcSource source() {
    return new MySqlSource(MariaDb.settings(DATABASE));
  }

  @Override
  Connection plain() throws SQLException {
    Connection connection = MariaDb.connect(DATABASE);
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES'");
    }
    return connection;
  }

  @Override
  List<TypeCase> cases() {
    List<TypeCase> cases = new ArrayList<>(MySqlSourceIT.types());
    for (String time : List.of("-00:00:01", "25:00:00", "838:59:59")) {
      cases.add(TypeCase.of("time", "'" + time + "'", "TIME(0)", time));
    }
    for (String date : List.of("2021-02-31", "2020-00-10", "0000-00-00")) {
      cases.add(TypeCase.of("date", "'" + date + "'", "DATE", date));
      cases.add(
          TypeCase.of("datetime", "'" + date + " 01:02:03'", "TIMESTAMP(0)", date + " 01:02:03"));
    }
    return cases;
  }

  @Override
  String golden() {
    return "types-" + (MariaDb.isMySql() ? "mysql" : "mariadb") + ".txt";
  }
}
