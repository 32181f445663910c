package io.sally.engine.source;

import io.trino.jdbc.TrinoDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/** A Trino of one node on the loopback. */
public final class TrinoServer implements AutoCloseable {
  private static final int TRIES = 240;
  private static final String DATABASE = "behind_trino";

  private final Process process;
  private final int port;

  private TrinoServer(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts one with the tables of TPC-H under the names of the texts.
   *
   * @param home where the server is unpacked
   * @param folder for its configuration and data
   * @param places a JDBC URL and a user of each of the three databases, as {@link TpchProgram} has
   *     them
   */
  static TrinoServer start(Path home, Path folder, List<String> places)
      throws IOException, InterruptedException {
    Map<String, String> catalogs = new LinkedHashMap<>();
    catalogs.put("memory", "connector.name=memory");
    List<String> names = List.of("sales", "customers", "parts");
    for (int i = 0; i < names.size(); i++) {
      String user = places.get(2 * i + 1);
      boolean mysql = user.equals("root");
      String url = places.get(2 * i);
      catalogs.put(
          names.get(i),
          catalog(
              mysql ? (MariaDb.isMySql() ? "mysql" : "mariadb") : "postgresql",
              mysql
                  ? (MariaDb.isMySql() ? url : url.replace("jdbc:mysql", "jdbc:mariadb"))
                      .replaceFirst("/[^/]*$", "")
                  : url,
              user,
              mysql ? "" : user));
    }
    TrinoServer server = start(home, folder, "4g", catalogs);
    for (String table :
        List.of("sales.public.orders", "customers.tpch.region", "parts.public.supplier")) {
      server.awaitNode("SELECT COUNT(*) FROM " + table);
    }
    server.createViews(List.of("sales.public", "customers.tpch", "parts.public"));
    return server;
  }

  private static String catalog(String connector, String url, String user, String password) {
    return """
        connector.name=%s
        connection-url=%s
        connection-user=%s
        connection-password=%s
        """
        .formatted(connector, url, user, password);
  }

  /** Starts one with these catalogs, each with its properties as a text. */
  private static TrinoServer start(
      Path home, Path folder, String heap, Map<String, String> catalogs)
      throws IOException, InterruptedException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Path etc = Files.createDirectories(folder.resolve("trino/etc"));
    Files.writeString(
        etc.resolve("config.properties"),
        """
        coordinator=true
        node-scheduler.include-coordinator=true
        http-server.http.port=%d
        discovery.uri=http://127.0.0.1:%d
        catalog.config-dir=%s
        """
            .formatted(port, port, etc.resolve("catalog")));
    Path files = Files.createDirectories(etc.resolve("catalog"));
    for (Map.Entry<String, String> catalog : catalogs.entrySet()) {
      Files.writeString(files.resolve(catalog.getKey() + ".properties"), catalog.getValue());
    }
    List<String> command =
        List.of(
            Path.of(System.getProperty("tpch.trino.java"), "bin", "java").toString(),
            "-Xmx" + heap,
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-Dnode.environment=bench",
            "-Dnode.bind-ip=127.0.0.1",
            "-Dnode.internal-address=127.0.0.1",
            "-Dnode.data-dir=" + folder.resolve("trino/data"),
            "-Dconfig=" + etc.resolve("config.properties"),
            "-Djdk.attach.allowAttachSelf=true",
            "-cp",
            home.resolve("lib") + "/*",
            "io.trino.server.TrinoServer");
    Process process =
        new ProcessBuilder(command)
            .directory(home.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("trino/log").toFile())
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    TrinoServer server = new TrinoServer(process, port);
    server.await(folder.resolve("trino/log"));
    server.awaitNode("SELECT COUNT(*) FROM memory.information_schema.tables");
    return server;
  }

  /**
   * One for all tests of a JVM, with two catalogs in memory and {@code pg}, which is the database
   * of {@link #postgres}.
   */
  public static TrinoServer shared() {
    return Shared.SERVER;
  }

  private static final class Shared {
    static final TrinoServer SERVER = start();

    private static TrinoServer start() {
      try {
        PostgreSql.create(DATABASE);
        return TrinoServer.start(
            Path.of(System.getProperty("tpch.trino")),
            Files.createTempDirectory("trino"),
            "2g",
            Map.of(
                "memory",
                "connector.name=memory",
                "other",
                "connector.name=memory",
                "pg",
                catalog("postgresql", postgresUrl(), "postgres", "postgres")));
      } catch (SQLException | IOException e) {
        throw new IllegalStateException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  private static String postgresUrl() {
    return "jdbc:postgresql://localhost:" + PostgreSql.port() + "/" + DATABASE;
  }

  /** The database behind the catalog {@code pg} of {@link #shared}. */
  public DataSource postgres() {
    PGSimpleDataSource postgres = new PGSimpleDataSource();
    postgres.setUrl(postgresUrl() + "?reWriteBatchedInserts=true");
    postgres.setUser("postgres");
    postgres.setPassword("postgres");
    return postgres;
  }

  /** A connection beside the product, with a schema of a catalog as its own. */
  public Connection connect(String schema) throws SQLException {
    return database(schema).getConnection();
  }

  /** Connections beside the product, with a schema of a catalog as their own. */
  public DataSource database(String schema) {
    TrinoDataSource database = new TrinoDataSource();
    database.setUrl(
        "jdbc:trino://127.0.0.1:"
            + port
            + "/"
            + schema
            + "?user=test&timezone=UTC&explicitPrepare=false");
    return database;
  }

  /** The settings of a source over all of it, or over one catalog. */
  SourceSettings settings(@Nullable String catalog, String... schemas) {
    return SourceSettings.ofDatabase(
        "cluster", "127.0.0.1", port, catalog, "sally", null, List.of(schemas));
  }

  private void await(Path log) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest info =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/info")).build();
    for (int i = 0; i < TRIES && process.isAlive(); i++) {
      try {
        if (client
            .send(info, HttpResponse.BodyHandlers.ofString())
            .body()
            .contains("\"starting\":false")) {
          return;
        }
      } catch (IOException notYet) {
        Thread.sleep(250);
      }
      Thread.sleep(250);
    }
    close();
    throw new IllegalStateException("Trino does not start:\n" + Files.readString(log));
  }

  private void createViews(List<String> schemas) throws IOException, InterruptedException {
    List<Set<String>> tables = List.of(TpchProgram.SALES, TpchProgram.CUSTOMERS, TpchProgram.PARTS);
    for (int i = 0; i < schemas.size(); i++) {
      for (String table : tables.get(i)) {
        run(
            "CREATE VIEW memory.default."
                + table
                + " AS SELECT * FROM "
                + schemas.get(i)
                + "."
                + table);
      }
    }
  }

  /** Trino says that it has started before it knows of its only node, and of its catalogs. */
  private void awaitNode(String query) throws IOException, InterruptedException {
    for (int i = 0; !answer(query).isEmpty(); i++) {
      if (i == TRIES) {
        throw new IllegalStateException("Trino has no node to run queries on");
      }
      Thread.sleep(250);
    }
  }

  private void run(String sql) throws IOException, InterruptedException {
    String error = answer(sql);
    if (!error.isEmpty()) {
      throw new IllegalStateException(sql + ": " + error);
    }
  }

  /** Runs a statement to its end by Trino's protocol, and gives its error if there is one. */
  private String answer(String sql) throws IOException, InterruptedException {
    HttpClient client = HttpClient.newHttpClient();
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/v1/statement"))
            .header("X-Trino-User", "bench")
            .POST(HttpRequest.BodyPublishers.ofString(sql))
            .build();
    while (true) {
      String body = client.send(request, HttpResponse.BodyHandlers.ofString()).body();
      if (body.contains("\"error\":")) {
        return body;
      }
      int next = body.indexOf("\"nextUri\":\"");
      if (next < 0) {
        return "";
      }
      int start = next + "\"nextUri\":\"".length();
      request =
          HttpRequest.newBuilder(URI.create(body.substring(start, body.indexOf('"', start))))
              .header("X-Trino-User", "bench")
              .build();
    }
  }

  String url() {
    return "jdbc:trino://127.0.0.1:" + port + "/memory/default";
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
