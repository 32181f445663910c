package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import io.sally.ask.gemini.GeminiProtocolServer;
import io.sally.driver.config.ConfigurationReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What {@code check} asks of a model is a request like every other. */
@Timeout(300)
class ModelCheckTest {
  private static final String URL = "jdbc:sally:demo";
  private static final String SITES = "SELECT COUNT(*) AS \"n\" FROM \"demo\".\"sites\" s";

  @TempDir Path folder;
  private GeminiProtocolServer server;

  @BeforeEach
  void start() throws Exception {
    server = GeminiProtocolServer.start();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Properties properties(Map<String, String> further) {
    Properties properties = new Properties();
    properties.setProperty("llm.apiKey", GeminiProtocolServer.KEY);
    properties.setProperty("llm.baseUrl", server.baseUrl().toString());
    properties.setProperty("llm.model", GeminiProtocolServer.MODEL);
    properties.setProperty("ask.memory", folder.resolve("memory.db").toString());
    properties.putAll(further);
    return properties;
  }

  private ModelCheck check(Map<String, String> further) throws Exception {
    return ModelCheck.of(new ConfigurationReader(name -> null).read(URL, properties(further)));
  }

  private List<String> remembered(String sql) throws Exception {
    try (Connection connection = DriverManager.getConnection(URL, properties(Map.of()));
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> all = new ArrayList<>();
      while (rows.next()) {
        all.add(rows.getString(1));
      }
      return all;
    }
  }

  @Test
  void everyCheckSendsARequestThatIsNotedAndNothingThatIsRemembered() throws Exception {
    server.then(GeminiProtocolServer.sql(SITES));
    for (int i = 0; i < 2; i++) {
      ModelCheck check = check(Map.of());
      assertThat(check.message()).isEqualTo(GeminiProtocolServer.MODEL);
      assertThat(check.reachable()).isTrue();
    }
    assertThat(server.requests()).hasSize(2);
    assertThat(remembered("SELECT purpose FROM sally.egress")).containsExactly("trial", "trial");
    assertThat(remembered("SELECT id FROM sally.translations")).isEmpty();
  }

  @Test
  void aCheckHoldsToTheBudgetOfTheDay() throws Exception {
    server.then(GeminiProtocolServer.sql(SITES));
    Map<String, String> one = Map.of("ask.maxCallsPerDay", "1");
    assertThat(check(one).reachable()).isTrue();
    ModelCheck second = check(one);
    assertThat(second.reachable()).isFalse();
    assertThat(second.message()).startsWith("The budget of calls is used up: 1 of 1");
    assertThat(server.requests()).hasSize(1);
  }

  @Test
  void aKeyThatIsRefusedIsSaid() throws Exception {
    server.then(GeminiProtocolServer.error(401, "UNAUTHENTICATED", "No such key."));
    ModelCheck check = check(Map.of());
    assertThat(check.reachable()).isFalse();
    assertThat(check.message()).contains("No such key.").doesNotContain(GeminiProtocolServer.KEY);
  }
}
