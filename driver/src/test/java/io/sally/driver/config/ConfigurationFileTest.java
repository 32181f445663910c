package io.sally.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationFileTest {
  private static final String CANARY = "h5nt3r-canary";

  @TempDir Path folder;

  private Configuration read(String text, String... properties) throws SQLException, IOException {
    return new ConfigurationReader(Map.of("PG_PASSWORD", CANARY, "EMPTY", " ")::get)
        .read(url(text), properties(properties));
  }

  private String url(String text) throws IOException {
    return "jdbc:sally:" + Files.writeString(folder.resolve("sally.yaml"), text);
  }

  private static Properties properties(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  /** What is wrong, a line each, without the path of the file. */
  private List<String> problems(String text, String... properties) {
    SQLException thrown = catchThrowableOfType(SQLException.class, () -> read(text, properties));
    assertThat(thrown.getSQLState()).isEqualTo("22023");
    return Objects.toString(thrown.getMessage())
        .lines()
        .map(line -> line.replace("File " + folder.resolve("sally.yaml") + ", ", ""))
        .toList();
  }

  @Test
  void aWholeFileIsRead() throws SQLException, IOException {
    Configuration read =
        read(
            """
            # the databases
            sources:
              pg:    {type: postgresql, host: db1, port: 5433, database: tsm, user: sally,
                      password: "${env:PG_PASSWORD}", schemas: [public, audit]}
              erp:   {type: oracle, url: "jdbc:oracle:thin:@//db2:1521/ERP", user: no, password: p#1}
              shop:
                type: mysql
                database: shop
                password: ${file:secrets/shop}
                connections: 3
                connectTimeout: 500ms
              local: {type: sqlite, database: ./local.db}
            llm: {provider: offline, model: m-1}
            ask: {attempts: 2}
            glossary: {"stock-out": "inventory.quantity = 0", "a.b": c}
            timeZone: Europe/Paris
            """
                .replace("${file:secrets/shop}", "${file:" + secret("shop", "s3\n") + "}"));
    Duration usual = Duration.ofSeconds(10);
    assertThat(read.mode()).isEqualTo(Mode.PRODUCTION);
    assertThat(read.sources())
        .containsExactly(
            new SourceConfiguration(
                "pg",
                SourceType.POSTGRESQL,
                "db1",
                5433,
                "tsm",
                null,
                "sally",
                new Secret(CANARY),
                List.of("public", "audit"),
                10,
                usual),
            new SourceConfiguration(
                "erp",
                SourceType.ORACLE,
                null,
                null,
                null,
                new Secret("jdbc:oracle:thin:@//db2:1521/ERP"),
                "no",
                new Secret("p#1"),
                List.of(),
                10,
                usual),
            new SourceConfiguration(
                "shop",
                SourceType.MYSQL,
                null,
                null,
                "shop",
                null,
                null,
                new Secret("s3"),
                List.of(),
                3,
                Duration.ofMillis(500)),
            new SourceConfiguration(
                "local",
                SourceType.SQLITE,
                null,
                null,
                folder.resolve("local.db").toString(),
                null,
                null,
                null,
                List.of(),
                10,
                usual));
    assertThat(read.glossary())
        .containsExactly(
            new GlossaryTerm("stock-out", "inventory.quantity = 0"), new GlossaryTerm("a.b", "c"));
    assertThat(read.llm().model()).isEqualTo("m-1");
    assertThat(read.ask().attempts()).isEqualTo(2);
  }

  /** The name of a file with a secret, relative to the configuration's folder. */
  private String secret(String name, String text) throws IOException {
    Files.createDirectories(folder.resolve("secrets"));
    Files.writeString(folder.resolve("secrets").resolve(name), text);
    return "secrets/" + name;
  }

  @Test
  void propertiesWinOverParametersAndTheseOverTheFile() throws SQLException, IOException {
    String file =
        url("sources: {pg: {type: postgresql, host: one, user: one, database: one}}\nmode: demo");
    Configuration read =
        new ConfigurationReader(name -> null)
            .read(
                file + "?sources.pg.host=two&sources.pg.user=two&mode=production",
                properties("sources.pg.host", "three", "sources.other.type", "mysql"));
    SourceConfiguration source = read.sources().get(0);
    assertThat(List.of(source.host() + "", source.user() + "", source.database() + ""))
        .containsExactly("three", "two", "one");
    assertThat(read.sources().stream().map(SourceConfiguration::name))
        .containsExactly("pg", "other");
    assertThat(read.mode()).isEqualTo(Mode.PRODUCTION);
    assertThat(read.settings())
        .filteredOn(
            setting -> setting.key().startsWith("sources.pg.") && !setting.key().contains("nnect"))
        .extracting(setting -> setting.key() + " " + setting.value() + " " + setting.origin())
        .containsExactly(
            "sources.pg.type postgresql FILE",
            "sources.pg.host three PROPERTY",
            "sources.pg.database one FILE",
            "sources.pg.user two URL");
  }

  @Test
  void allProblemsAreToldWithTheirPlaces() {
    assertThat(
            problems(
                """
                mod: demo
                sources:
                  pg: {type: postgres, hots: db1, password: "${env:NOT_SET}", port: many}
                  Demo: {type: mysql}
                  my: {type: mysql, connectTimeout: 5}
                  MY: {host: x}
                llm: gemini
                """))
        .containsExactly(
            "The configuration has 10 errors:",
            "- line 1, column 1: There is no key mod. Did you mean mode? The keys are mode, demoDate,"
                + " timeZone, catalog, memory, llm, ask, keyFile, sources, glossary.",
            "- line 3, column 24: There is no key hots below sources.pg. Did you mean host? The keys"
                + " below sources.pg are type, host, port, database, url, user, password, schemas,"
                + " connections, connectTimeout, ask, mask, views, rowFilters.",
            "- line 7, column 6: llm has no value of its own: its keys stand below it, indented, or"
                + " in {…} behind it. They are provider, apiKey, model, baseUrl, timeout, fallback,"
                + " promptTokens.",
            "- line 3, column 14: Property sources.pg.type cannot be \"postgres\". Did you mean"
                + " postgresql? Choose one of postgresql, mysql, mariadb, oracle, sqlite,"
                + " trino.",
            "- line 3, column 69: Property sources.pg.port cannot be \"many\". Write a whole number"
                + " from 1 to 65535.",
            "- line 3, column 45: sources.pg.password refers to the environment variable NOT_SET,"
                + " which is not set. Set it for the program that loads Sally, or write"
                + " ${file:path}.",
            "- line 4, column 16: A source cannot have the name Demo, which is the name of a schema"
                + " of Sally's own. Choose another.",
            "- line 5, column 37: Property sources.my.connectTimeout cannot be \"5\". Write a time"
                + " above zero as 500ms, 30s or 2m.",
            "- line 6, column 14: The sources my and MY have one name, since case does not count in"
                + " SQL. Rename one.",
            "- line 6, column 14: The source MY has no type. Choose one of postgresql, mysql,"
                + " mariadb, oracle, sqlite, trino and write it as sources.MY.type.");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "password: \"CANARY",
        "password: @CANARY",
        "password: *CANARY",
        "password: !CANARY x",
        "password: &CANARY x",
        "password: CANARY: x",
        "password:CANARY",
        "password CANARY",
        "password: [CANARY",
        "password: [CANARY, x]",
        "password: {CANARY: 1}",
        "password: `CANARY`",
        "password: %CANARY\n  x: y",
        "password: \"CANARY\\q\"",
        "password: \tCANARY\n\tx",
        "password: 'CANARY' x",
        "password: CANARY\n    - x",
        "password: |2x CANARY",
        "password: \"CANARY\u0001\"",
        "password: x,CANARY: y}",
        "password: ${CANARY:x}CANARY",
        "password: ENC(v1:CANARY)",
        "passwort: CANARY",
        "port: 1\n    password: CANARY",
        "password: CANARY\n    password: CANARY",
        "password: ? CANARY",
        "url: 'jdbc:postgresql://u:CANARY@h/d'\n    port: x",
      })
  void noMessageHasTheSecretThatTheFileIsWrongAt(String line) throws IOException {
    for (String text :
        List.of(
            "sources:\n  pg:\n    type: mysql\n    host: [\n    " + line + "\n",
            "sources:\n  pg:\n    type: mysqll\n    " + line + "\n",
            "sources:\n  pg: {type: mysqll, host: x, " + line + "}\n")) {
      String url = url(text.replace("CANARY", CANARY));
      ConfigurationReader reader = new ConfigurationReader(name -> null);
      assertThatThrownBy(() -> reader.read(url, new Properties()))
          .isInstanceOf(SQLException.class)
          .satisfies(thrown -> assertThat(whole(thrown)).doesNotContain(CANARY));
    }
  }

  private static String whole(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void whatIsNoConfigurationIsRefused() throws IOException {
    assertThat(problems("a: &x [1]\nb: *x")).hasSize(3);
    assertThat(problems("mode: demo\n---\nmode: demo"))
        .containsExactly(
            "line 3, column 1: Here a second YAML document begins. A configuration file has one:"
                + " take out the line --- between them.");
    assertThat(problems("mode: demo\nmode: demo"))
        .containsExactly("line 2, column 1: The key mode stands twice.");
    assertThat(problems("- mode")).hasSize(1);
    assertThat(problems("[".repeat(1000))).hasSize(1);
    assertThat(problems("mode: &a demo")).hasSize(1);
    Files.write(
        folder.resolve("sally.yaml"), "glossary: {a: ü}".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(
            () ->
                new ConfigurationReader(name -> null)
                    .read("jdbc:sally:" + folder.resolve("sally.yaml"), new Properties()))
        .hasMessageContaining("UTF-8");
  }

  @Test
  void aMissingFileIsNamed() {
    Path missing = folder.resolve("nowhere.yaml");
    assertThatThrownBy(
            () ->
                new ConfigurationReader(name -> null)
                    .read("jdbc:sally:" + missing, new Properties()))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
        .hasMessageStartingWith("There is no configuration file " + missing + ".");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "100%", "a%20b", "ü", "a+b", "C:\\x\\sally", "a;b=c"})
  void anyFileNameCanStandInTheUrl(String name) throws SQLException, IOException {
    Path file = Files.writeString(folder.resolve(name + ".yaml"), "llm: {model: mine}");
    ConfigurationReader reader = new ConfigurationReader(variable -> null);
    assertThat(reader.read("jdbc:sally:" + file, new Properties()).llm().model()).isEqualTo("mine");
    assertThat(
            reader
                .read(
                    "jdbc:sally:" + file.toString().replace("%", "%25").replace(" ", "%20") + "?",
                    new Properties())
                .llm()
                .model())
        .isEqualTo("mine");
  }

  @Test
  void anEncryptedValueIsReadWithItsKeyAndForItsSettingAlone() throws SQLException, IOException {
    String key = EncryptionKey.generate();
    String sealed = EncryptionKey.of(key).encrypt(new Secret(CANARY + " ü"), "sources.pg.password");
    String file = "sources: {pg: {type: postgresql, password: %s}}".formatted(sealed);
    Path keyFile = Files.writeString(folder.resolve("key"), key + "\n");
    for (ConfigurationReader reader :
        List.of(
            new ConfigurationReader(Map.of("SALLY_KEY", key)::get),
            new ConfigurationReader(Map.of("SALLY_KEY_FILE", keyFile.toString())::get))) {
      assertThat(reader.read(url(file), new Properties()).sources().get(0).password())
          .isEqualTo(new Secret(CANARY + " ü"));
    }
    assertThat(read(file, "keyFile", "key").sources().get(0).password())
        .isEqualTo(new Secret(CANARY + " ü"));
    assertThat(problems(file)).hasSize(1).allMatch(line -> line.contains("SALLY_KEY"));
    Files.writeString(keyFile, EncryptionKey.generate());
    assertThat(problems(file, "keyFile", "key"))
        .hasSize(1)
        .allMatch(line -> line.contains("made with another key"));
    Files.writeString(keyFile, key);
    assertThat(problems(file + "\nglossary: {word: " + sealed + "}", "keyFile", "key"))
        .hasSize(1)
        .allMatch(line -> line.contains("glossary.word cannot be decrypted"));
    assertThat(EncryptionKey.of(key).encrypt(new Secret("x"), "a"))
        .isNotEqualTo(EncryptionKey.of(key).encrypt(new Secret("x"), "a"));
  }

  @Test
  void aSecretIsReplacedInsideALongerText() throws SQLException, IOException {
    assertThat(
            read("sources: {pg: {type: postgresql, url: 'jdbc:x://u:${env:PG_PASSWORD}@h/$${env:A}'}}")
                .sources()
                .get(0)
                .url())
        .isEqualTo(new Secret("jdbc:x://u:" + CANARY + "@h/${env:A}"));
  }

  @Test
  void noSecretIsPrinted() throws SQLException, IOException {
    String file =
        """
        sources:
          pg: {type: postgresql, url: 'jdbc:postgresql://h/d?password=CANARY', password: CANARY}
          two: {type: postgresql, url: 'jdbc:postgresql://u:CANARY@h/d', password: '${env:PG_PASSWORD}'}
          erp: {type: oracle, url: 'jdbc:oracle:thin:u/CANARY@//h/d'}
        llm: {apiKey: CANARY}
        """
            .replace("CANARY", CANARY);
    assertThat(read(file).toString()).doesNotContain(CANARY);
    for (DriverPropertyInfo info :
        PropertyDescriptions.describe(
            url(file), properties("sources.pg.password", CANARY, "llm.apiKey", CANARY))) {
      assertThat(info.name + info.value + info.description + Arrays.toString(info.choices))
          .doesNotContain(CANARY);
    }
  }

  @Test
  void thePropertiesOfConfiguredSourcesAreDescribed() throws SQLException, IOException {
    DriverPropertyInfo[] described =
        PropertyDescriptions.describe(
            url("sources: {pg: {type: postgresql, password: '${env:PG_PASSWORD}'}}"),
            new Properties());
    assertThat(
            Arrays.stream(described)
                .skip(Property.values().length)
                .map(i -> i.name + "=" + i.value))
        .containsExactly(
            "sources.pg.type=postgresql",
            "sources.pg.host=null",
            "sources.pg.port=null",
            "sources.pg.database=null",
            "sources.pg.url=null",
            "sources.pg.user=null",
            "sources.pg.password=${env:PG_PASSWORD}",
            "sources.pg.schemas=null",
            "sources.pg.connections=10",
            "sources.pg.connectTimeout=10s",
            "sources.pg.ask.schemas=null",
            "sources.pg.ask.tables=null",
            "sources.pg.ask.denyTables=null",
            "sources.pg.ask.denyColumns=null",
            "sources.pg.ask.samples=null",
            "sources.pg.mask=null",
            "sources.pg.views=null");
    assertThat(described[Property.values().length].choices)
        .containsExactly("postgresql", "mysql", "mariadb", "oracle", "sqlite", "trino");
  }
}
