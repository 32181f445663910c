package io.sally.driver;

import io.sally.driver.statement.ParsedStatement;
import io.sally.driver.statement.ParsedStatement.Question;
import io.sally.engine.Parameter;
import io.sally.engine.Plan;
import io.sally.engine.ResultColumn;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.ColumnType;
import java.sql.JDBCType;
import java.sql.ParameterMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A statement that is parsed once and executed any number of times, with values for its {@code ?}.
 */
final class SallyPreparedStatement extends ParameterSetters {
  private static final ColumnType UNKNOWN =
      new ColumnType(JDBCType.OTHER, "OTHER", ColumnType.UNSPECIFIED, 0, null);

  private final ParsedStatement statement;

  SallyPreparedStatement(SallyConnection connection, ParsedStatement statement) {
    super(connection, statement.parameterCount());
    this.statement = statement;
  }

  @Override
  public boolean execute() throws SQLException {
    requireOpen();
    return run(statement, bindings().all());
  }

  @Override
  public ResultSet executeQuery() throws SQLException {
    requireOpen();
    return query(statement, bindings().all());
  }

  @Override
  public int executeUpdate() throws SQLException {
    return Math.toIntExact(executeLargeUpdate());
  }

  @Override
  public long executeLargeUpdate() throws SQLException {
    requireOpen();
    return update(statement, bindings().all());
  }

  @Override
  public void addBatch() throws SQLException {
    requireOpen();
    throw refused("batches: every statement reads");
  }

  /**
   * The columns that the statement will have. A question is translated for that; one that is a
   * parameter not set yet leaves the columns unknown.
   */
  @Override
  public @Nullable ResultSetMetaData getMetaData() throws SQLException {
    requireOpen();
    if (!statement.givesRows() || !questionsAreBound()) {
      return null;
    }
    List<ResultColumn> fixed = AskAnswers.columns(statement);
    return new SallyResultSetMetaData(fixed == null ? plan().columns() : fixed);
  }

  @Override
  public ParameterMetaData getParameterMetaData() throws SQLException {
    requireOpen();
    boolean isPlannable = bindings().count() > 0 && questionsAreBound();
    List<ColumnType> planned =
        isPlannable && statement instanceof ParsedStatement.Query
            ? plan().parameters().stream().map(Parameter::type).toList()
            : List.of();
    return new SallyParameterMetaData(types(planned));
  }

  /** A question's type is text; the others are as planned, or unknown before that is possible. */
  private List<ColumnType> types(List<ColumnType> planned) {
    Set<Integer> questions = questionIndexes();
    Iterator<ColumnType> rest = planned.iterator();
    List<ColumnType> types = new ArrayList<>();
    for (int i = 0; i < bindings().count(); i++) {
      if (questions.contains(i)) {
        types.add(ColumnType.varchar());
      } else {
        types.add(rest.hasNext() ? rest.next() : UNKNOWN);
      }
    }
    return types;
  }

  private Set<Integer> questionIndexes() {
    return statement
        .questions()
        .filter(Question.Placeholder.class::isInstance)
        .map(question -> ((Question.Placeholder) question).index())
        .collect(Collectors.toSet());
  }

  private boolean questionsAreBound() {
    return questionIndexes().stream().allMatch(bindings()::isBound);
  }

  private Plan plan() throws SQLException {
    return plan(statement, bindings().soFar());
  }

  // The methods that take a text belong to Statement alone: JDBC 4.3, §13.2.

  @Override
  public boolean execute(String sql) throws SQLException {
    throw textGiven();
  }

  @Override
  public ResultSet executeQuery(String sql) throws SQLException {
    throw textGiven();
  }

  @Override
  public long executeLargeUpdate(String sql) throws SQLException {
    throw textGiven();
  }

  private SQLException textGiven() throws SQLException {
    requireOpen();
    return SqlErrors.callSequence(
        "A prepared statement has its text already. Call the method without one, or create another"
            + " statement.");
  }
}
