package io.sally.engine.source;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;

class PostgreSqlTypesIT extends TypeConformance {
  private static final String DATABASE = "conformance";

  @BeforeAll
  static void create() throws SQLException {
    PostgreSql.create(DATABASE);
    try (Connection connection = PostgreSql.connect(DATABASE);
        Statement statement = connection.createStatement()) {
      for (String sql : PostgreSqlSourceIT.TYPE_DEFINITIONS) {
        statement.execute(sql);
      }
    }
  }

  @Override
  JdbcSource source() {
    return new PostgreSqlSource(PostgreSql.settings(DATABASE));
  }

  @Override
  Connection plain() throws SQLException {
    return PostgreSql.connect(DATABASE);
  }

  @Override
  List<TypeCase> cases() {
    List<TypeCase> cases = new ArrayList<>(PostgreSqlSourceIT.types());
    for (String text : List.of("NaN", "Infinity", "-Infinity")) {
      cases.add(TypeCase.of("numeric", "'" + text + "'", "DECIMAL(38, 18)", text));
    }
    cases.add(TypeCase.of("numeric[]", "'{NaN}'", "DECIMAL(38, 18) ARRAY", List.of("NaN")));
    return cases;
  }

  @Override
  String golden() {
    return "types-postgresql.txt";
  }
}
