package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.h2.tools.Server;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** H2's web console with Sally's driver, as a browser drives it. */
@Timeout(300)
class H2ConsoleIT {
  private final Server server = server();
  private String session = "";

  @BeforeEach
  void start() throws Exception {
    server.start();
    Matcher id = Pattern.compile("jsessionid=[0-9a-f]+").matcher(request("", null));
    assertThat(id.find()).isTrue();
    session = id.group();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @ParameterizedTest
  @EnumSource
  void browsesAndAsks(Database database) throws Exception {
    assertThat(
            request(
                "login.do",
                "language=en&driver=io.sally.driver.SallyDriver&user=&password=&url="
                    + encoded(database.url())))
        .contains("src=\"tables.do");
    assertThat(request("tables.do", null))
        .contains("'sites'", "'site_id'", "'INTEGER(10) NOT NULL'", "'sites_site_number_key'");
    assertThat(query("SELECT site_id, activated_on FROM sites ORDER BY site_id LIMIT 2"))
        .contains("site_id activated_on 1 2025-02-24 2 2024-10-22 (2 rows");
    assertThat(query("SELECT * FROM (ASK 'How many sites by country?') t LIMIT 1;"))
        .contains("country site_count United States 20 (1 row");
    assertThat(query("@PRIMARY_KEYS null null sites"))
        .contains(database.schema() + " sites site_id 1");
    assertThat(query("SELECT * FROM nowhere"))
        .contains("There is no table or schema &#39;nowhere&#39; (line 1, column 15). 42P01/0");
    assertThat(query("DELETE FROM sites")).contains("Sally only reads: DELETE is not permitted.");
    assertThat(query("SELECT COUNT(*) FROM sites; SELECT 2"))
        .contains("150 (1 row")
        .contains("2 (1 row");
  }

  private String query(String sql) throws Exception {
    return request("query.do", "sql=" + encoded(sql))
        .replaceAll("(?s)<script.*?</script>", "")
        .replaceAll("<[^>]+>", " ")
        .replaceAll("\\s+", " ");
  }

  /** Over a connection of its own: the console closes what was idle for a moment. */
  private String request(String page, @Nullable String form)
      throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(
            URI.create("http://localhost:" + server.getPort() + "/" + page + "?" + session));
    if (form != null) {
      request
          .header("Content-Type", "application/x-www-form-urlencoded")
          .POST(BodyPublishers.ofString(form));
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString()).body();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static Server server() {
    try {
      return Server.createWebServer("-webPort", "0");
    } catch (java.sql.SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
