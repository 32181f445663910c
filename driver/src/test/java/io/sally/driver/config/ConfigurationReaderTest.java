package io.sally.driver.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sally.ask.memory.Budget;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationReaderTest {
  private static final String KEY = "s3cret-key";
  private static final AskSettings USUAL_ASK =
      new AskSettings(
          AskSettings.Approval.AUTO,
          3,
          100_000,
          Duration.ofSeconds(30),
          null,
          Budget.NONE,
          null,
          1,
          AskSettings.Fallback.NONE,
          Samples.NONE,
          AskSettings.Quoted.SENT);

  private final ConfigurationReader withoutKey = new ConfigurationReader(name -> null);
  private final ConfigurationReader withKey =
      new ConfigurationReader(Map.of("GEMINI_API_KEY", KEY, "OTHER", "other")::get);

  private static Properties properties(String... pairs) {
    Properties properties = new Properties();
    for (int i = 0; i < pairs.length; i += 2) {
      properties.setProperty(pairs[i], pairs[i + 1]);
    }
    return properties;
  }

  private static LlmSettings llm(String provider, String... key) {
    return new LlmSettings(
        provider,
        key.length == 0 ? null : new Secret(key[0]),
        "gemini-flash-latest",
        null,
        Duration.ofSeconds(30),
        8_000);
  }

  @Test
  void nothingButThePrefixIsTheOfflineDemo() throws SQLException {
    Configuration usual =
        new Configuration(
            Mode.DEMO,
            null,
            ZoneId.of("UTC"),
            Duration.ofMinutes(10),
            new MemorySettings(null, 10L << 30, null),
            llm(LlmSettings.OFFLINE),
            USUAL_ASK,
            List.of(),
            List.of(),
            withoutKey.read("jdbc:sally:", new Properties()).settings());
    assertThat(withoutKey.read("jdbc:sally:", new Properties())).isEqualTo(usual);
    assertThat(withoutKey.read("jdbc:sally:demo", properties("user", "x", "password", "y")))
        .isEqualTo(usual);
    assertThat(withoutKey.read("jdbc:sally:?", properties("mode", " "))).isEqualTo(usual);
  }

  @Test
  void aKeyInTheEnvironmentChoosesGemini() throws SQLException {
    assertThat(withKey.read("jdbc:sally:", new Properties()).llm())
        .isEqualTo(llm(LlmSettings.GEMINI, KEY));
    assertThat(withKey.read("jdbc:sally:?llm.apiKey=$%7Benv:OTHER%7D", new Properties()).llm())
        .isEqualTo(llm(LlmSettings.GEMINI, "other"));
    assertThat(withKey.read("jdbc:sally:?llm.provider=offline", new Properties()).llm().provider())
        .isEqualTo(LlmSettings.OFFLINE);
  }

  @Test
  void aKeyCanStandInAFile(@TempDir Path folder) throws SQLException, IOException {
    Path file = Files.writeString(folder.resolve("key"), KEY + "\n");
    assertThat(
            withoutKey.read("jdbc:sally:", properties("llm.apiKey", "${file:" + file + "}")).llm())
        .isEqualTo(llm(LlmSettings.GEMINI, KEY));
    assertFails("jdbc:sally:", properties("llm.apiKey", "${file:/nowhere/key}"))
        .hasMessageContaining("/nowhere/key");
    assertFails("jdbc:sally:", properties("llm.apiKey", "${env:NOT_SET}"));
  }

  @Test
  void everyPropertyIsReadAndPropertiesWinOverTheUrl() throws SQLException {
    Configuration read =
        withoutKey.read(
            "jdbc:sally:demo?timeZone=Europe%2FParis&ask.attempts=9&ask.timeout=2m"
                + "&llm.baseUrl=http://localhost:8080/gemini&llm.timeout=500ms&llm.model=m+1",
            properties(
                "ask.attempts", "2",
                "mode", "production",
                "catalog.ttl", "1h",
                "memory.budget", "2gb",
                "memory.spill", "off",
                "memory.spillFolder", "/var/spill",
                "demoDate", "2026-03-31",
                "llm.provider", "gemini",
                "llm.apiKey", KEY,
                "ask.approval", "required",
                "ask.maxRows", "10"));
    assertThat(read)
        .isEqualTo(
            new Configuration(
                Mode.PRODUCTION,
                LocalDate.of(2026, 3, 31),
                ZoneId.of("Europe/Paris"),
                Duration.ofHours(1),
                new MemorySettings(2L << 30, null, Path.of("/var/spill")),
                new LlmSettings(
                    LlmSettings.GEMINI,
                    new Secret(KEY),
                    "m+1",
                    URI.create("http://localhost:8080/gemini"),
                    Duration.ofMillis(500),
                    8_000),
                new AskSettings(
                    AskSettings.Approval.REQUIRED,
                    2,
                    10,
                    Duration.ofMinutes(2),
                    null,
                    Budget.NONE,
                    null,
                    1,
                    AskSettings.Fallback.NONE,
                    Samples.NONE,
                    AskSettings.Quoted.SENT),
                List.of(),
                List.of(),
                read.settings()));
    assertThat(LocalDate.now(read.statementClock())).isEqualTo(LocalDate.of(2026, 3, 31));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mode=x",
        "demoDate=31.3.2026",
        "timeZone=Atlantis",
        "catalog.ttl=0s",
        "memory.budget=lots",
        "memory.budget=0MB",
        "memory.spill=0MB",
        "memory.spill=much",
        "llm.provider=opensi",
        "llm.provider=gemini",
        "llm.baseUrl=ftp://x",
        "llm.baseUrl=https://user:pass@host",
        "llm.timeout=30",
        "llm.timeout=0s",
        "ask.attempts=0",
        "ask.attempts=11",
        "ask.maxRows=-1",
        "ask.maxRows=99999999999",
        "ask.approval=maybe",
        "novalue",
        "a=%zz"
      })
  void valuesThatMakeNoSenseAreRefused(String parameter) {
    assertFails("jdbc:sally:?" + parameter, new Properties()).hasMessageNotContaining("pass@");
  }

  @Test
  void anUnknownPropertyIsToldWithTheNearestOne() {
    assertFails("jdbc:sally:", properties("ask.maxrow", "5"))
        .hasMessageStartingWith(
            "There is no connection property ask.maxrow. Did you mean ask.maxRows?");
    assertFails("jdbc:sally:?demodate=2026-01-01", new Properties())
        .hasMessageContaining("Did you mean demoDate?");
  }

  @Test
  void aPropertyInTheWrongPlaceOfTheUrlIsNotRepeated() {
    for (String target :
        List.of("demo;llm.apiKey=" + KEY, KEY + "@demo", "demo&llm.apiKey=" + KEY)) {
      assertFailsToConnect("jdbc:sally:" + target);
    }
  }

  private void assertFailsToConnect(String url) {
    assertThatThrownBy(() -> withoutKey.read(url, new Properties()))
        .hasMessageStartingWith("Cannot connect to what this URL names: ")
        .hasMessageNotContaining(KEY);
  }

  @Test
  void noSecretIsPrinted() throws SQLException {
    assertThat(withKey.read("jdbc:sally:", new Properties()).toString()).doesNotContain(KEY);
    for (DriverPropertyInfo info :
        PropertyDescriptions.describe("jdbc:sally:", properties("llm.apiKey", KEY))) {
      assertThat(info.name + info.value + info.description).doesNotContain(KEY);
    }
    assertThatThrownBy(
            () ->
                withoutKey.read(
                    "jdbc:sally:", properties("llm.apiKey", KEY, "ask.attempts", "none")))
        .hasMessageNotContaining(KEY);
  }

  @Test
  void everyPropertyIsDescribed() throws SQLException {
    DriverPropertyInfo[] described =
        PropertyDescriptions.describe("jdbc:sally:?mode=production", new Properties());
    assertThat(Arrays.stream(described).map(info -> info.name)).isEqualTo(Property.keys());
    assertThat(Arrays.stream(described).map(info -> info.description)).noneMatch(String::isBlank);
    assertThat(described[0].value).isEqualTo("production");
    assertThat(described[0].choices).isEqualTo(new String[] {"demo", "production"});
    assertThat(
            Arrays.stream(described)
                .filter(info -> info.name.equals("llm.apiKey"))
                .map(info -> info.value)
                .toList())
        .isEqualTo(List.of("${env:GEMINI_API_KEY}"));
  }

  private AbstractThrowableAssert<?, ? extends Throwable> assertFails(
      String url, Properties properties) {
    return assertThatThrownBy(() -> withoutKey.read(url, properties))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("22023"));
  }
}
