package io.sally.clients;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** What a client is pointed at, with the same tables in both. */
enum Database {
  /** The bundled demo. */
  DEMO("demo"),
  /** A PostgreSQL server that holds a copy of the demo's tables, with their keys. */
  POSTGRESQL("pg");

  /** Fixes the demo's day, and with it all that the tests compare. */
  static final String FIXED = "demoDate=2026-03-15&llm.provider=offline";

  private final String schema;

  Database(String schema) {
    this.schema = schema;
  }

  /** The schema of the tables, which is also where unqualified names are looked for. */
  String schema() {
    return schema;
  }

  String url() {
    return switch (this) {
      case DEMO -> "jdbc:sally:demo?" + FIXED;
      case POSTGRESQL -> {
        try {
          yield "jdbc:sally:" + PostgreSql.configuration() + "?" + FIXED;
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(url());
  }
}
