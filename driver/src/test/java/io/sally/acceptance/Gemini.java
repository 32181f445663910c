package io.sally.acceptance;

import io.sally.ask.gemini.GeminiProtocolServer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.Properties;

/**
 * A model that answers as the test says, and connections that ask it. What it answers can be
 * changed at any time and holds for every request until it is changed again. Thread-safe.
 */
final class Gemini implements AutoCloseable {
  static final String URL = "jdbc:sally:demo?demoDate=" + DemoData.TODAY;

  private final GeminiProtocolServer server;
  private volatile GeminiProtocolServer.Answer answer = GeminiProtocolServer.empty();

  private Gemini(GeminiProtocolServer server) {
    this.server = server;
    server.then((exchange, end) -> answer.send(exchange, end));
  }

  static Gemini start() throws IOException {
    return new Gemini(GeminiProtocolServer.start());
  }

  /** Has the model give this answer from now on. */
  Gemini answers(GeminiProtocolServer.Answer always) {
    answer = always;
    return this;
  }

  /** Has the model give these answers in turn from now on, and the last one of them for ever. */
  Gemini answersInTurn(GeminiProtocolServer.Answer... answers) {
    int before = calls();
    return answers(
        (exchange, end) ->
            answers[Math.min(calls() - before, answers.length) - 1].send(exchange, end));
  }

  /** How many requests have come. */
  int calls() {
    return server.requests().size();
  }

  GeminiProtocolServer server() {
    return server;
  }

  /** The properties with which a connection reaches this model. */
  Properties properties(Map<String, String> further) {
    Properties properties = new Properties();
    properties.setProperty("llm.apiKey", GeminiProtocolServer.KEY);
    properties.setProperty("llm.baseUrl", server.baseUrl().toString());
    properties.setProperty("llm.model", GeminiProtocolServer.MODEL);
    properties.putAll(further);
    return properties;
  }

  /** A connection that has this model translate. */
  Connection connect(Map<String, String> further) throws SQLException {
    return DriverManager.getConnection(URL, properties(further));
  }

  @Override
  public void close() {
    server.close();
  }
}
