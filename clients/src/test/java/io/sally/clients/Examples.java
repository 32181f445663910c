package io.sally.clients;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The programs of docs/examples.md: between two marks stands what the page shows. */
final class Examples {
  private Examples() {}

  // example: query
  static List<String> sitesActivatedSince(LocalDate day) throws SQLException {
    List<String> sites = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sally:demo");
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT name, activated_on FROM sites WHERE activated_on >= ? ORDER BY 2, 1")) {
      select.setObject(1, day);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          sites.add(rows.getObject("activated_on", LocalDate.class) + " " + rows.getString("name"));
        }
      }
    }
    return sites;
  }

  // end

  // example: ask
  static Map<String, List<String>> ask(Connection connection, String question) throws SQLException {
    List<String> answer = new ArrayList<>();
    List<String> notes = new ArrayList<>();
    try (PreparedStatement ask = connection.prepareStatement("ASK ?")) {
      ask.setString(1, question);
      try (ResultSet rows = ask.executeQuery()) {
        while (rows.next()) {
          answer.add(rows.getString(1) + ": " + rows.getLong(2));
        }
      }
      // The SQL that ran, what it means, what was assumed, and how far to trust it.
      for (SQLWarning note = ask.getWarnings(); note != null; note = note.getNextWarning()) {
        notes.add(note.getMessage());
      }
    }
    return Map.of("answer", answer, "notes", notes);
  }

  // end

  // example: approve
  static String showThenRun(Connection connection, String question) throws SQLException {
    try (PreparedStatement show = connection.prepareStatement("ASK SQL ?");
        Statement run = connection.createStatement()) {
      show.setString(1, question);
      try (ResultSet shown = show.executeQuery()) {
        shown.next();
        // Here a person looks at shown.getString("sql") and agrees.
        String id = shown.getString("id");
        try (ResultSet rows = run.executeQuery("ASK RUN '" + id + "'")) {
          rows.next();
          return rows.getString(1);
        }
      }
    }
  }

  // end

  // example: chart
  static String vegaLite(Connection connection, String question) throws SQLException {
    try (PreparedStatement chart = connection.prepareStatement("ASK CHART ?")) {
      chart.setString(1, question);
      try (ResultSet row = chart.executeQuery()) {
        row.next();
        return row.getString("spec");
      }
    }
  }

  // end

  // example: pool
  static HikariDataSource pool(String url) {
    HikariDataSource pool = new HikariDataSource();
    pool.setDataSourceClassName("io.sally.driver.SallyDataSource");
    pool.addDataSourceProperty("url", url);
    pool.setReadOnly(true);
    pool.setMaximumPoolSize(4);
    return pool;
  }

  // end

  // example: spring
  record SitesInCountry(String country, long siteCount) {}

  static List<SitesInCountry> largestCountries(DataSource source, int atLeast) {
    return JdbcClient.create(source)
        .sql(
            "SELECT * FROM (ASK 'How many sites by country?') t WHERE site_count >= :n ORDER BY 2 DESC")
        .param("n", atLeast)
        .query(SitesInCountry.class)
        .list();
  }

  // end
}
