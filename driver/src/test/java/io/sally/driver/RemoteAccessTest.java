package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sally.driver.config.Secret;
import io.sally.driver.remote.RemoteServer;
import io.sally.driver.remote.RemoteSettings;
import io.sally.driver.remote.RemoteSettings.PasswordScheme;
import io.sally.driver.remote.RemoteSettings.Tls;
import io.sally.driver.remote.RemoteUser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in, and how a program that has no driver talks to the server. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RemoteAccessTest {
  private static final String PASSWORD = "pa55-canary";
  private static final String ENDLESS =
      "SELECT count(*) FROM numbers a, numbers b WHERE a.n + b.n < 0";
  private static final List<RemoteUser> USERS =
      List.of(
          new RemoteUser("alice", new Secret(PASSWORD)),
          new RemoteUser("bob", new Secret("other-canary")));

  private final Fixture fixture = new Fixture();
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();

  @TempDir Path folder;

  private RemoteServer serve(List<RemoteUser> users, PasswordScheme scheme, @Nullable Tls tls)
      throws SQLException {
    return RemoteServer.start(
        new RemoteSettings(
            Fixture.URL,
            new Properties(),
            "127.0.0.1",
            0,
            users,
            scheme,
            tls,
            Duration.ofMinutes(1)),
        fixture.driver);
  }

  private static String url(RemoteServer server, PasswordScheme scheme, RemoteUser user) {
    return "jdbc:avatica:remote:url=http://localhost:"
        + server.port()
        + ";authentication="
        + scheme
        + ";avatica_user="
        + user.name()
        + ";avatica_password="
        + user.password().reveal();
  }

  @ParameterizedTest
  @EnumSource(PasswordScheme.class)
  void letsInWhoKnowsThePassword(PasswordScheme scheme) throws SQLException {
    try (RemoteServer server = serve(USERS, scheme, null);
        Connection alice = DriverManager.getConnection(url(server, scheme, USERS.get(0)))) {
      assertThat(Fixture.rows(alice, "VALUES 1")).isEqualTo(List.of(List.of("1")));
    }
    assertThat(fixture.open).isZero();
  }

  /** A digest has a nonce, which serves for a while and for a number of requests only. */
  @ParameterizedTest
  @EnumSource(PasswordScheme.class)
  void letsThemInAgainAndAgain(PasswordScheme scheme) throws SQLException {
    try (RemoteServer server = serve(USERS, scheme, null);
        Connection alice = DriverManager.getConnection(url(server, scheme, USERS.get(0)));
        PreparedStatement statement = alice.prepareStatement("SELECT CAST(? AS INTEGER)")) {
      for (int i = 0; i < 1_500; i++) {
        statement.setInt(1, i);
        assertThat(Fixture.rows(statement.executeQuery()))
            .isEqualTo(List.of(List.of(String.valueOf(i))));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(PasswordScheme.class)
  void tellsNothingToWhoDoesNot(PasswordScheme scheme) throws Exception {
    try (RemoteServer server = serve(USERS, scheme, null)) {
      for (RemoteUser wrong :
          List.of(
              new RemoteUser("alice", new Secret("wrong")),
              new RemoteUser("bob", new Secret(PASSWORD)),
              new RemoteUser("nobody", new Secret(PASSWORD)))) {
        assertThatThrownBy(() -> DriverManager.getConnection(url(server, scheme, wrong)).close())
            .hasMessageContaining("401")
            .hasMessageNotContaining(wrong.password().reveal());
        assertThatThrownBy(
                () ->
                    DriverManager.getConnection("jdbc:avatica:remote:url=" + address(server))
                        .close())
            .isNotNull();
      }
      HttpResponse<String> refused =
          http.send(
              request(server, "{\"request\":\"openConnection\",\"connectionId\":\"c\"}").build(),
              BodyHandlers.ofString());
      assertThat(refused.statusCode()).isEqualTo(401);
      assertThat(refused.body()).doesNotContain("alice", "sally", "Sally", "\tat ", "etty://");
      assertThat(refused.headers().firstValue("Server")).isEmpty();
      assertThat(server.openConnections()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(PasswordScheme.class)
  void whoGuessesWaitsAndNobodyElseDoes(PasswordScheme scheme) throws Exception {
    try (RemoteServer server = serve(USERS, scheme, null)) {
      RemoteUser wrong = new RemoteUser("alice", new Secret("wrong"));
      for (int i = 0; i < 5; i++) {
        assertThatThrownBy(() -> DriverManager.getConnection(url(server, scheme, wrong)).close())
            .hasMessageContaining("401");
      }
      // A client that knows of Retry-After would only wait.
      String alice =
          scheme == PasswordScheme.BASIC
              ? basic(USERS.get(0))
              : "Digest realm=\"Avatica\", username=\"alice\", nonce=\"n\", uri=\"/\"";
      assertThat(opened(server, "127.0.0.1", alice)).startsWith("HTTP/1.1 429 ");
      try (Connection bob = DriverManager.getConnection(url(server, scheme, USERS.get(1)))) {
        assertThat(Fixture.rows(bob, "VALUES 1")).isEqualTo(List.of(List.of("1")));
      }
    }
  }

  @Test
  void anotherAddressDoesNotWaitForTheGuesses() throws Exception {
    try (RemoteServer server = serve(USERS, PasswordScheme.BASIC, null)) {
      String alice = basic(USERS.get(0));
      String wrong = basic(new RemoteUser("alice", new Secret("wrong")));
      for (int i = 0; i < 5; i++) {
        assertThat(opened(server, "127.0.0.1", wrong)).startsWith("HTTP/1.1 401 ");
      }
      assertThat(opened(server, "127.0.0.1", alice))
          .startsWith("HTTP/1.1 429 ")
          .containsPattern("Retry-After: [1-6]\\s");
      assertThat(opened(server, "127.0.0.2", alice)).startsWith("HTTP/1.1 200 ");
    }
  }

  private static String opened(RemoteServer server, String from, String authorization)
      throws IOException {
    String body = "{\"request\":\"openConnection\",\"connectionId\":\"c\",\"info\":{}}";
    try (Socket socket =
        new Socket(
            InetAddress.getLoopbackAddress(), server.port(), InetAddress.getByName(from), 0)) {
      socket
          .getOutputStream()
          .write(
              ("POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAuthorization: "
                      + authorization
                      + "\r\nContent-Length: "
                      + body.length()
                      + "\r\n\r\n"
                      + body)
                  .getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void usersDoNotReachTheConnectionsOfOthers() throws Exception {
    try (RemoteServer server = serve(USERS, PasswordScheme.BASIC, null)) {
      String alice = basic(USERS.get(0));
      String bob = basic(USERS.get(1));
      assertThat(
              ask(server, alice, "{'request':'openConnection','connectionId':'c'}")
                  .path("response")
                  .asText())
          .isEqualTo("openConnection");
      JsonNode stolen = ask(server, bob, "{'request':'createStatement','connectionId':'c'}");
      assertThat(stolen.path("sqlState").asText()).isEqualTo("08003");
      JsonNode own = ask(server, alice, "{'request':'createStatement','connectionId':'c'}");
      assertThat(own.path("statementId").asInt()).isZero();
    }
  }

  @Test
  void speaksTls() throws Exception {
    Path keystore = folder.resolve("server.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "sally",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                keystore.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    try (RemoteServer server =
            serve(USERS, PasswordScheme.BASIC, new Tls(keystore, new Secret(PASSWORD)));
        Connection remote =
            DriverManager.getConnection(
                url(server, PasswordScheme.BASIC, USERS.get(0)).replace("http:", "https:")
                    + ";truststore="
                    + keystore
                    + ";truststore_password="
                    + PASSWORD)) {
      assertThat(Fixture.rows(remote, "VALUES 1")).isEqualTo(List.of(List.of("1")));
      assertThatThrownBy(() -> ask(server, basic(USERS.get(0)), "{}"))
          .isInstanceOf(IOException.class);
    }
    assertThatThrownBy(
            () ->
                serve(
                    USERS,
                    PasswordScheme.BASIC,
                    new Tls(keystore, new Secret("wrong-" + PASSWORD))))
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("08001"))
        .hasMessageContaining("keystore")
        .hasMessageNotContaining(PASSWORD);
    assertThat(fixture.open).isZero();
  }

  @Test
  void saysThatThePortIsTaken() throws SQLException {
    try (RemoteServer server = serve(List.of(), PasswordScheme.BASIC, null)) {
      assertThatThrownBy(
              () ->
                  RemoteServer.start(
                      new RemoteSettings(
                          Fixture.URL,
                          new Properties(),
                          "127.0.0.1",
                          server.port(),
                          List.of(),
                          PasswordScheme.BASIC,
                          null,
                          Duration.ofMinutes(1)),
                      fixture.driver))
          .hasMessageContaining("cannot listen at 127.0.0.1, port " + server.port());
    }
    assertThat(fixture.open).isZero();
  }

  @Test
  void answersJsonThatAnyProgramCanSend() throws Exception {
    try (RemoteServer server = serve(List.of(), PasswordScheme.BASIC, null)) {
      ask(server, null, "{'request':'openConnection','connectionId':'c1','info':{}}");
      int statement =
          ask(server, null, "{'request':'createStatement','connectionId':'c1'}")
              .path("statementId")
              .asInt();
      JsonNode answer =
          ask(
              server,
              null,
              "{'request':'prepareAndExecute','connectionId':'c1','statementId':"
                  + statement
                  + ",'sql':'ASK ''all orders''','maxRowCount':-1}".replace("''", "\\u0027"));
      JsonNode frame = answer.path("results").path(0).path("firstFrame");
      assertThat(frame.path("done").asBoolean()).isTrue();
      assertThat(frame.path("rows").toString()).isEqualTo("[[10,1,12.5],[11,3,null]]");
      JsonNode error =
          ask(
              server,
              null,
              "{'request':'prepareAndExecute','connectionId':'c1','statementId':"
                  + statement
                  + ",'sql':'SELECT * FROM orderz','maxRowCount':-1}");
      assertThat(error.path("sqlState").asText()).isEqualTo("42P01");
      assertThat(error.path("errorMessage").asText()).contains("orderz");
      assertThat(error.toString()).doesNotContain("\\tat ");
      ask(server, null, "{'request':'closeConnection','connectionId':'c1'}");
      assertThat(server.openConnections()).isZero();
    }
  }

  @Test
  void readsOnByFetchingAndRefusesToReadOnInAnotherRun() throws Exception {
    try (RemoteServer server = serve(List.of(), PasswordScheme.BASIC, null)) {
      ask(server, null, "{'request':'openConnection','connectionId':'c1','info':{}}");
      ask(server, null, "{'request':'createStatement','connectionId':'c1'}");
      JsonNode first =
          ask(
              server,
              null,
              "{'request':'prepareAndExecute','connectionId':'c1','statementId':0,"
                  + "'sql':'SELECT n FROM numbers LIMIT 5','maxRowCount':-1,"
                  + "'maxRowsInFirstFrame':2}");
      assertThat(first.path("results").path(0).path("firstFrame").path("rows").toString())
          .isEqualTo("[[0],[1]]");
      JsonNode second =
          ask(
              server,
              null,
              "{'request':'fetch','connectionId':'c1','statementId':0,'offset':2,"
                  + "'fetchMaxRowCount':10}");
      assertThat(second.path("frame").path("rows").toString()).isEqualTo("[[2],[3],[4]]");
      assertThat(second.path("frame").path("done").asBoolean()).isTrue();
      JsonNode again =
          ask(
              server,
              null,
              "{'request':'syncResults','connectionId':'c1','statementId':0,'offset':2,"
                  + "'state':{'type':'SQL','sql':'SELECT n FROM numbers LIMIT 5'}}");
      assertThat(again.path("sqlState").asText()).isEqualTo("24000");
    }
  }

  @Test
  void closingAStatementEndsWhatItRuns() throws Exception {
    try (RemoteServer server = serve(List.of(), PasswordScheme.BASIC, null)) {
      ask(server, null, "{'request':'openConnection','connectionId':'c1','info':{}}");
      ask(server, null, "{'request':'createStatement','connectionId':'c1'}");
      CompletableFuture<HttpResponse<String>> running =
          http.sendAsync(
              request(
                      server,
                      "{'request':'prepareAndExecute','connectionId':'c1','statementId':0,'sql':'"
                          + ENDLESS
                          + "','maxRowCount':-1}")
                  .build(),
              BodyHandlers.ofString());
      fixture.scanning.await();
      ask(server, null, "{'request':'closeStatement','connectionId':'c1','statementId':0}");
      assertThat(json.readTree(running.get().body()).path("sqlState").asText()).isEqualTo("57014");
    }
  }

  @Test
  void answersNoPageOfABrowser() throws Exception {
    try (RemoteServer server = serve(List.of(), PasswordScheme.BASIC, null)) {
      String open = "{'request':'openConnection','connectionId':'c1','info':{}}";
      HttpResponse<String> fromPage =
          http.send(
              request(server, open).header("Origin", "https://example.com").build(),
              BodyHandlers.ofString());
      assertThat(fromPage.statusCode()).isEqualTo(403);
      // The name of a page's own machine, which it has made to lead here.
      assertThat(raw(server, "POST / HTTP/1.1\r\nHost: example.com\r\nContent-Length: 2\r\n\r\n{}"))
          .startsWith("HTTP/1.1 403 ");
      HttpResponse<String> read =
          http.send(HttpRequest.newBuilder(address(server)).build(), BodyHandlers.ofString());
      assertThat(read.statusCode()).isEqualTo(405);
      assertThat(server.openConnections()).isZero();
    }
  }

  private static String raw(RemoteServer server, String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.shutdownOutput();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void tellsOfWhatIsNoRequest() throws Exception {
    try (RemoteServer server = serve(List.of(), PasswordScheme.BASIC, null)) {
      for (String nonsense : List.of("", "{", "{'request':'nonsense'}", "hello", "{}")) {
        HttpResponse<String> answer =
            http.send(request(server, nonsense).build(), BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(nonsense).isEqualTo(500);
        assertThat(answer.body()).as(nonsense).contains("does not understand", "08P01");
        assertThat(answer.body()).as(nonsense).doesNotContain("\\tat ", "io.sally");
      }
    }
  }

  @Test
  void refusesARequestOfMoreThanAnyStatementNeeds() throws Exception {
    try (RemoteServer server = serve(List.of(), PasswordScheme.BASIC, null)) {
      HttpResponse<String> answer =
          http.send(
              request(server, "{" + " ".repeat(16 * 1024 * 1024)).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(413);
    }
  }

  private static String basic(RemoteUser user) {
    String pair = user.name() + ":" + user.password().reveal();
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static URI address(RemoteServer server) {
    return URI.create("http://localhost:" + server.port() + "/");
  }

  private static HttpRequest.Builder request(RemoteServer server, String body) {
    return HttpRequest.newBuilder(address(server))
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body.replace('\'', '"')));
  }

  private JsonNode ask(RemoteServer server, @Nullable String authorization, String body)
      throws Exception {
    HttpRequest.Builder request = request(server, body);
    if (authorization != null) {
      request.header("Authorization", authorization);
    }
    return json.readTree(http.send(request.build(), BodyHandlers.ofString()).body());
  }
}
