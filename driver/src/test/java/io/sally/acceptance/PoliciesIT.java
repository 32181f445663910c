package io.sally.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.sally.ask.gemini.GeminiProtocolServer;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Row filters, masks and what is withheld from ASK hold whatever a statement is. */
@Timeout(300)
class PoliciesIT {
  private static final String POLICY =
      """
          ask: {denyTables: [salaries], denyColumns: [customers.ssn]}
          mask: [customers.email]
          views: [known_orders]
          rowFilters:
            orders: "region = 'EU'"
            orders@alice: "region IN ('EU', 'US')"
            accounts@alice: "id < 2"
      """;
  ;

  @TempDir static Path folder;

  private static EmbeddedPostgres postgres;
  private static Gemini gemini;

  @BeforeAll
  static void start() throws Exception {
    postgres = EmbeddedPostgres.builder().start();
    gemini = Gemini.start();
    try (Connection pg = postgres.getPostgresDatabase().getConnection()) {
      run(
          pg,
          "CREATE TABLE customers (id int PRIMARY KEY, name text NOT NULL, email text NOT NULL"
              + " UNIQUE, ssn text)",
          "INSERT INTO customers VALUES (1, 'Ada', 'ada@secret.example', 'S-1'), (2, 'Bob',"
              + " 'bob@secret.example', 'S-2'), (3, 'Cy', 'cy@secret.example', 'S-3')",
          "CREATE TABLE orders (id int PRIMARY KEY, customer_id int REFERENCES customers, region"
              + " text, x int, note text)",
          "INSERT INTO orders VALUES (10, 1, 'EU', 1, '1'), (11, 1, 'US', 5, 'hidden-us'), (12, 2,"
              + " 'EU', 2, '2'), (13, 3, 'APAC', 7, 'hidden-apac')",
          "CREATE TABLE accounts (id int PRIMARY KEY, balance int)",
          "INSERT INTO accounts VALUES (1, 100), (2, 200)",
          "CREATE TABLE salaries (customer_id int, amount int)",
          "INSERT INTO salaries VALUES (1, 5000)",
          "CREATE VIEW all_orders AS SELECT * FROM orders",
          "CREATE VIEW known_orders AS SELECT id FROM orders",
          "ANALYZE");
    }
    try (Connection lite =
        DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("local.db"))) {
      run(
          lite,
          "CREATE TABLE visits (order_id INTEGER, email TEXT)",
          "INSERT INTO visits VALUES (10, 'ada@secret.example'), (11, 'bob@secret.example'),"
              + " (13, 'cy@secret.example')");
    }
  }

  @AfterAll
  static void stop() throws IOException {
    gemini.close();
    postgres.close();
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  private static String url(String policy) throws IOException {
    String text =
        """
        sources:
          pg:
            type: postgresql
            host: localhost
            port: %d
            database: postgres
            user: postgres
            password: postgres
        %s
          local: {type: sqlite, database: local.db}
        """
            .formatted(postgres.getPort(), policy.stripTrailing());
    Path file = Files.createTempFile(folder, "sally", ".yaml");
    return "jdbc:sally:" + Files.writeString(file, text);
  }

  private static Connection connect(Map<String, String> properties) throws Exception {
    Properties all = gemini.properties(properties);
    return DriverManager.getConnection(url(POLICY), all);
  }

  private static Connection connect() throws Exception {
    return connect(Map.of());
  }

  private static List<String> rows(ResultSet rows) throws SQLException {
    List<String> read = new ArrayList<>();
    while (rows.next()) {
      List<String> row = new ArrayList<>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        row.add(String.valueOf(rows.getString(i)));
      }
      read.add(String.join("|", row));
    }
    return read;
  }

  private static List<String> rows(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      return rows(rows);
    }
  }

  private static SQLException failure(Connection connection, String sql) {
    return catchThrowableOfType(SQLException.class, () -> rows(connection, sql));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT id FROM orders ORDER BY id;10,12",
        "SELECT COUNT(*) FROM orders;2",
        "SELECT COUNT(*) FROM pg.public.orders WHERE region <> 'EU';0",
        "SELECT COUNT(*) FROM orders WHERE region = 'EU' OR 1 = 1;2",
        "SELECT DISTINCT region FROM orders;EU",
        "SELECT MAX(x) FROM orders;2",
        "SELECT o.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id ORDER BY o.id;10,12,null",
        "SELECT o.id FROM orders o RIGHT JOIN customers c ON o.customer_id = c.id ORDER BY o.id;10,12,null",
        "SELECT o.id FROM orders o FULL JOIN customers c ON o.customer_id = c.id ORDER BY o.id;10,12,null",
        "SELECT c.id FROM customers c WHERE EXISTS (SELECT 1 FROM orders o WHERE o.customer_id = c.id) ORDER BY 1;1,2",
        "SELECT c.id FROM customers c WHERE c.id NOT IN (SELECT customer_id FROM orders) ORDER BY 1;3",
        "SELECT (SELECT COUNT(*) FROM orders o WHERE o.customer_id = 1);1",
        "WITH t AS (SELECT * FROM orders) SELECT COUNT(*) FROM t, t AS u;4",
        "SELECT id FROM orders UNION ALL SELECT id FROM orders WHERE x = 5 ORDER BY id;10,12",
        "SELECT v.order_id FROM local.visits v JOIN orders o ON o.id = v.order_id;10",
        "SELECT SUM(x) OVER () FROM orders;3,3",
        "SELECT id FROM orders WHERE 10 / (x - 5) > -100 ORDER BY id;10,12",
        "SELECT id FROM orders WHERE CAST(note AS INTEGER) > 0 ORDER BY id;10,12",
        "SELECT q FROM (SELECT id, 10 / (x - 5) AS q FROM orders) t WHERE q < 100 ORDER BY id;-2,-3",
        "SELECT c.id FROM customers c JOIN orders o ON o.customer_id = c.id AND 10 / (o.x - 5) < 0 ORDER BY 1;1,2",
        "SELECT c.id FROM customers c LEFT JOIN orders o ON o.customer_id = c.id AND CAST(o.note AS INTEGER) = 1 WHERE o.id IS NOT NULL;1",
        "SELECT region FROM orders GROUP BY region HAVING SUM(10 / (x - 5)) < 0;EU",
        "SELECT id FROM orders ORDER BY 10 / (x - 5), id;12,10",
        "SELECT COUNT(*) FROM customers c WHERE c.id IN (SELECT CAST(note AS INTEGER) FROM orders);2",
      })
  void rowsThatTheFilterHidesAreNowhere(String sql, String expected) throws Exception {
    try (Connection connection = connect()) {
      assertThat(String.join(",", rows(connection, sql))).isEqualTo(expected);
    }
  }

  @Test
  void samplesAreWhatEverybodyMaySee() throws Exception {
    String sampled = POLICY.replace("ask: {", "ask: {samples: values, ");
    try (Connection alice =
        DriverManager.getConnection(
            url(sampled), gemini.properties(Map.of("user", "alice", "mode", "production")))) {
      String prompt = rows(alice, "ASK PROMPT 'What is hidden, or secret, in EU?'").get(0);
      assertThat(prompt)
          .contains("\\\"name\\\" VARCHAR NOT NULL VALUES [\\\"Ada\\\", \\\"Bob\\\", \\\"Cy\\\"]")
          .contains("\\\"region\\\" VARCHAR\\n", "\\\"note\\\" VARCHAR\\n")
          .doesNotContain("secret.example", "S-1", "hidden-us", "APAC", "\\\"US\\\"");
    }
  }

  @Test
  void theFilterOfTheUserTakesThePlaceOfTheGeneralOne() throws Exception {
    try (Connection nobody = connect();
        Connection alice = connect(Map.of("user", "alice"));
        Connection bob = connect(Map.of("user", "bob"))) {
      String orders = "SELECT id FROM orders ORDER BY id";
      assertThat(rows(alice, orders)).containsExactly("10", "11", "12");
      assertThat(rows(bob, orders)).containsExactly("10", "12");
      assertThat(rows(nobody, orders)).containsExactly("10", "12");
      String accounts = "SELECT id FROM accounts";
      assertThat(rows(alice, accounts)).containsExactly("1");
      assertThat(rows(bob, accounts)).isEmpty();
      assertThat(rows(nobody, accounts)).isEmpty();
      alice.setSchema("pg");
      assertThat(rows(alice, orders)).containsExactly("10", "11", "12");
    }
  }

  @Test
  void safeConditionsAreStillThoseOfTheDatabaseAndOthersAreNot() throws Exception {
    try (Connection connection = connect()) {
      String safe =
          String.join(
              "\n",
              rows(
                  connection,
                  "EXPLAIN PLAN FOR SELECT id FROM orders WHERE x > 1 AND note LIKE 'a%'"));
      assertThat(safe).contains("EU").contains("LIKE").contains("> 1");
      String unsafe =
          String.join(
              "\n",
              rows(connection, "EXPLAIN PLAN FOR SELECT id FROM orders WHERE 10 / (x - 5) > 1"));
      assertThat(unsafe.split("WHERE", 2)[1]).contains("EU").doesNotContain(" - 5");
    }
  }

  @Test
  void countsOfRunsAndOfTheCatalogAreThoseOfTheRowsThatAreThere() throws Exception {
    try (Connection connection = connect()) {
      String analyzed =
          String.join("\n", rows(connection, "EXPLAIN ANALYZE SELECT id, note FROM orders"));
      assertThat(analyzed).contains("2").doesNotContain("4 rows").doesNotContain("rows 4");
      try (ResultSet indexes =
          connection.getMetaData().getIndexInfo(null, "pg.public", "orders", false, true)) {
        while (indexes.next()) {
          assertThat(indexes.getLong("CARDINALITY")).isNotEqualTo(4);
        }
      }
      gemini.answers(GeminiProtocolServer.sql("SELECT id FROM pg.orders"));
      assertThat(rows(connection, "ASK PROMPT 'orders?'").toString())
          .contains("orders")
          .doesNotContain("about 4 rows");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "SELECT email FROM customers;null,null,null",
        "SELECT MIN(email), MAX(email), COUNT(email), COUNT(DISTINCT email) FROM customers;null|null|0|0",
        "SELECT COUNT(*) FROM customers WHERE email LIKE 'a%';0",
        "SELECT COUNT(*) FROM customers WHERE email > 'b';0",
        "SELECT COUNT(*) FROM customers WHERE CHAR_LENGTH(email) > 3;0",
        "SELECT COUNT(*) FROM customers WHERE email IS NULL;3",
        "SELECT DISTINCT email FROM customers;null",
        "SELECT id FROM customers ORDER BY email DESC, id;1,2,3",
        "SELECT COUNT(*) FROM customers GROUP BY email;3",
        "SELECT c.id FROM customers c JOIN local.visits v ON v.email = c.email;''",
        "SELECT COUNT(*) FROM local.visits WHERE email IN (SELECT email FROM customers);0",
        "SELECT id, RANK() OVER (ORDER BY email) FROM customers ORDER BY 1;1|1,2|1,3|1",
        "SELECT CASE WHEN email = 'ada@secret.example' THEN 'yes' ELSE 'no' END FROM customers;no,no,no",
        "SELECT LISTAGG(email, ',') FROM customers;null",
      })
  void aMaskedColumnIsNullWhateverIsMadeOfIt(String sql, String expected) throws Exception {
    try (Connection connection = connect()) {
      assertThat(String.join(",", rows(connection, sql))).isEqualTo(expected);
    }
  }

  @Test
  void aMaskedValueIsInNoErrorNoPlanAndNoListOfKeys() throws Exception {
    try (Connection connection = connect()) {
      assertThat(rows(connection, "SELECT CAST(email AS INTEGER) FROM customers"))
          .containsExactly("null", "null", "null");
      assertThat(rows(connection, "EXPLAIN PLAN FOR SELECT id, email FROM customers").toString())
          .doesNotContain("\"email\" AS");
      try (ResultSet columns =
          connection.getMetaData().getColumns(null, "pg%", "customers", "email")) {
        assertThat(columns.next()).isTrue();
        assertThat(columns.getString("IS_NULLABLE")).isEqualTo("YES");
        assertThat(columns.getString("REMARKS")).contains("Masked");
      }
    }
  }

  @Test
  void aViewIsNotThereUnlessThePolicyNamesIt() throws Exception {
    try (Connection connection = connect()) {
      assertThat(failure(connection, "SELECT * FROM all_orders").getSQLState()).isEqualTo("42P01");
      assertThat(rows(connection, "SELECT COUNT(*) FROM known_orders")).containsExactly("4");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT amount FROM pg.salaries",
        "SELECT ssn FROM pg.customers",
        "SELECT * FROM pg.customers",
        "SELECT c.* FROM pg.customers c",
        "TABLE pg.customers",
        "SELECT COUNT(*) FROM pg.customers WHERE ssn LIKE 'S%'",
        "SELECT name FROM pg.customers ORDER BY ssn",
        "SELECT COUNT(DISTINCT ssn) FROM pg.customers",
        "SELECT name FROM pg.customers WHERE id IN (SELECT customer_id FROM pg.salaries)",
        "SELECT name FROM pg.customers c WHERE EXISTS (SELECT 1 FROM pg.orders o WHERE o.note ="
            + " c.ssn)",
        "SELECT id FROM pg.customers UNION SELECT customer_id FROM pg.salaries",
        "SELECT \"SSN\" FROM pg.public.customers",
        "SELECT (SELECT MAX(ssn) FROM pg.customers)",
        "SELECT id FROM pg.orders o, LATERAL (SELECT c.ssn FROM pg.customers c WHERE c.id ="
            + " o.customer_id) t",
      })
  void whatIsWithheldFromAskIsRefusedInItsSqlAndNotInThatOfPersons(String sql) throws Exception {
    gemini.answers(GeminiProtocolServer.sql(sql));
    try (Connection connection = connect()) {
      SQLException refused = failure(connection, "ASK 'who has which number?'");
      assertThat(refused.getSQLState()).as(refused.getMessage()).isEqualTo("42501");
      assertThat(failure(connection, "SELECT * FROM (ASK 'who has which number?') t").getSQLState())
          .isEqualTo("42501");
      assertThat(rows(connection, sql)).isNotNull();
    }
  }

  @Test
  void whatIsWithheldIsInNoPromptAlsoNotAfterAnAttemptAtIt() throws Exception {
    gemini.answersInTurn(
        GeminiProtocolServer.sql("SELECT * FROM pg.customers"),
        GeminiProtocolServer.sql("SELECT sn FROM pg.customers"),
        GeminiProtocolServer.sql("SELECT name FROM pg.customers ORDER BY id"));
    int before = gemini.calls();
    try (Connection connection = connect()) {
      assertThat(rows(connection, "ASK 'names of all?'")).containsExactly("Ada", "Bob", "Cy");
    }
    assertThat(gemini.server().requests().subList(before, gemini.calls()))
        .hasSize(3)
        .allSatisfy(
            request ->
                assertThat(request.body())
                    .contains("customers")
                    .doesNotContain("ssn")
                    .doesNotContain("salaries")
                    .doesNotContain("secret.example"));
  }

  @Test
  void filtersAndMasksHoldForAskAsForTypedSql() throws Exception {
    gemini.answers(
        GeminiProtocolServer.sql(
            "SELECT o.id, c.email FROM pg.orders o JOIN pg.customers c ON c.id = o.customer_id"
                + " ORDER BY 1"));
    try (Connection nobody = connect();
        Connection alice = connect(Map.of("user", "alice"))) {
      assertThat(rows(nobody, "ASK 'whose orders?'")).containsExactly("10|null", "12|null");
      assertThat(rows(alice, "ASK 'whose orders?'"))
          .containsExactly("10|null", "11|null", "12|null");
      assertThat(rows(alice, "SELECT COUNT(*) FROM (ASK 'whose orders?') t")).containsExactly("3");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "rowFilters: {orders: \"regoin = 'EU'\"};regoin",
        "rowFilters: {orders: \"region = \"};orders",
        "rowFilters: {orders: \"region = 'EU') OR (1 = 1\"};orders",
        "rowFilters: {orders: \"id IN (SELECT id FROM accounts)\"};orders",
        "rowFilters: {orders: \"RAND() < 1\"};orders",
        "rowFilters: {ordres: \"id = 1\"};ordres",
        "mask: [customers.emial];emial",
        "mask: [email];email",
        "ask: {denyTables: [salaris]};salaris",
        "ask: {schemas: [nowhere]};nowhere",
      })
  void aPolicyThatDoesNotFitClosesItsSourceAndSaysWhere(String policy, String named)
      throws Exception {
    try (Connection connection =
        DriverManager.getConnection(url("    " + policy), gemini.properties(Map.of()))) {
      SQLException refused = failure(connection, "SELECT id FROM pg.customers");
      assertThat(refused.getSQLState()).isEqualTo("22023");
      assertThat(refused.getMessage()).contains(".yaml, line 9").contains(named);
      assertThat(rows(connection, "SELECT COUNT(*) FROM local.visits")).containsExactly("3");
    }
  }

  @Test
  void aConnectionCannotChangeThePolicyOfTheFile() throws Exception {
    String url = url(POLICY);
    for (String key :
        List.of("sources.pg.mask", "sources.pg.rowFilters.orders@me", "sources.pg.views")) {
      Properties properties = gemini.properties(Map.of(key, "customers.name"));
      assertThat(
              catchThrowableOfType(
                      SQLException.class, () -> DriverManager.getConnection(url, properties))
                  .getMessage())
          .contains(key);
    }
  }
}
