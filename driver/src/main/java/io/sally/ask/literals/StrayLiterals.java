package io.sally.ask.literals;

import io.sally.ask.Samples;
import io.sally.ask.literals.ComparedLiteral.Kind;
import io.sally.ask.literals.ComparedLiteral.Operator;
import io.sally.engine.Engine;
import io.sally.engine.Execution;
import io.sally.engine.Plan;
import io.sally.engine.RowCursor;
import io.sally.engine.Session;
import io.sally.engine.catalog.Catalogs;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the texts of a query that no row holds in the column that they are compared with: "Texas"
 * where the column holds "TX". Looks at columns alone whose values may leave the machine, and asks
 * the source before it says that a value is not there. Thread-safe.
 */
public final class StrayLiterals {
  private static final Logger LOG = LoggerFactory.getLogger(StrayLiterals.class);
  private static final LevenshteinDistance DISTANCE = LevenshteinDistance.getDefaultInstance();
  private static final int MOST_VALUES = 30;
  private static final int MOST_CHARACTERS = 1_000;

  private final Engine engine;

  /** A finder over this engine, which remains the caller's to close. */
  public StrayLiterals(Engine engine) {
    this.engine = engine;
  }

  private record Place(TableName table, String column) {}

  /**
   * The strays of a proven query; none where a comparison is one of several that may hold.
   *
   * @throws SQLException only when the execution was stopped
   */
  public List<StrayLiteral> of(
      Plan plan,
      Catalogs catalogs,
      List<String> schemaPath,
      Samples samples,
      Session session,
      Execution execution)
      throws SQLException {
    if (samples.sources().isEmpty()) {
      return List.of();
    }
    Map<Place, List<ComparedLiteral>> byColumn = new LinkedHashMap<>();
    for (ComparedLiteral literal : ComparedLiterals.in(plan.sql(), catalogs, schemaPath)) {
      boolean positive =
          literal.operator() == Operator.EQUALS || literal.operator() == Operator.LIKE;
      if (positive
          && literal.kind() == Kind.TEXT
          && plan.tables().contains(literal.table())
          && !samples.of(literal.table(), literal.column()).isEmpty()) {
        byColumn
            .computeIfAbsent(new Place(literal.table(), literal.column()), p -> new ArrayList<>())
            .add(literal);
      }
    }
    List<StrayLiteral> strays = new ArrayList<>();
    for (List<ComparedLiteral> literals : byColumn.values()) {
      ComparedLiteral first = literals.get(0);
      List<String> values = samples.of(first.table(), first.column());
      if (literals.stream().allMatch(ComparedLiteral::isRequired)
          && !isThere(literals, session, execution)) {
        literals.stream().map(literal -> stray(literal, values)).forEach(strays::add);
      }
    }
    return strays;
  }

  private boolean isThere(List<ComparedLiteral> literals, Session session, Execution execution)
      throws SQLException {
    ComparedLiteral first = literals.get(0);
    String sql =
        "SELECT 1 FROM "
            + Stream.of(first.table().source(), first.table().schema(), first.table().table())
                .filter(name -> name != null)
                .map(StrayLiterals::quoted)
                .collect(Collectors.joining("."))
            + " WHERE "
            + literals.stream().map(StrayLiterals::condition).collect(Collectors.joining(" OR "))
            + " FETCH FIRST 1 ROWS ONLY";
    try (RowCursor rows = engine.prepare(sql, session, execution).execute(List.of(), execution)) {
      return rows.next();
    } catch (SQLException e) {
      execution.check();
      LOG.debug("Whether a value is there could not be asked: {}", e.getMessage());
      return true;
    }
  }

  private static String condition(ComparedLiteral literal) {
    return literal.fold().sql(quoted(literal.column()))
        + " "
        + literal.operator().sign()
        + " "
        + ComparedLiteral.quoted(literal.value());
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static StrayLiteral stray(ComparedLiteral literal, List<String> values) {
    String meant = lower(literal.value()).replace("%", "");
    List<String> nearest =
        values.stream()
            .sorted(Comparator.comparingInt((String value) -> distance(meant, lower(value))))
            .toList();
    List<String> shown = new ArrayList<>();
    int characters = 0;
    for (String value : nearest) {
      characters += value.length();
      if (shown.size() >= MOST_VALUES || characters > MOST_CHARACTERS) {
        break;
      }
      shown.add(value);
    }
    return new StrayLiteral(literal, shown, shown.size() == values.size());
  }

  /** What holds the other, or begins alike, is nearer than what is merely as short. */
  private static int distance(String meant, String value) {
    int alike = 0;
    while (alike < Math.min(meant.length(), value.length())
        && meant.charAt(alike) == value.charAt(alike)) {
      alike++;
    }
    boolean holds = !meant.isEmpty() && (value.contains(meant) || meant.contains(value));
    return DISTANCE.apply(meant, value) - 2 * alike - (holds ? 100 : 0);
  }

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }
}
