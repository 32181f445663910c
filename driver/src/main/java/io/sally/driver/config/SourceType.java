package io.sally.driver.config;

/** The kinds of database that can be a source. */
public enum SourceType {
  POSTGRESQL,
  MYSQL,
  MARIADB,
  ORACLE,
  SQLITE,
  TRINO
}
