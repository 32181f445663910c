package io.sally.engine.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteTypesIT extends TypeConformance {
  @TempDir
  @SuppressWarnings("NullAway.Init")
  private Path directory;

  private String file() {
    return directory.resolve("conformance.db").toString();
  }

  @Override
  JdbcSource source() {
    return new SqliteSource(
        SourceSettings.ofDatabase("lite", null, null, file(), null, null, List.of()));
  }

  @Override
  Connection plain() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + file());
  }

  @Override
  List<TypeCase> cases() {
    List<TypeCase> cases = new ArrayList<>(SqliteSourceIT.types());
    cases.add(TypeCase.of("INTEGER", "'twelve'", "BIGINT", "twelve"));
    cases.add(TypeCase.of("DECIMAL(5,2)", "'twelve'", "DECIMAL(5, 2)", "twelve"));
    cases.add(TypeCase.of("BOOLEAN", "'maybe'", "BOOLEAN", "maybe"));
    cases.add(TypeCase.of("DATE", "'2021-02-31'", "DATE", "2021-02-31"));
    cases.add(TypeCase.of("TIME", "'2026-03-08 02:30:00'", "TIME(6)", "2026-03-08 02:30:00"));
    cases.add(TypeCase.of("DATETIME", "'yesterday'", "TIMESTAMP(6)", "yesterday"));
    return cases;
  }

  @Override
  String golden() {
    return "types-sqlite.txt";
  }
}
