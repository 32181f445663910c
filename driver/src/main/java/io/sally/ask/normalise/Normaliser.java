package io.sally.ask.normalise;

import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.Catalogs;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.List;
import net.sf.jsqlparser.JSQLParserException;
import net.sf.jsqlparser.parser.CCJSqlParser;
import net.sf.jsqlparser.parser.CCJSqlParserUtil;
import net.sf.jsqlparser.statement.Statement;
import net.sf.jsqlparser.statement.select.Select;

/**
 * Puts SQL as a model wrote it, in the manner of PostgreSQL, MySQL, SQLite, BigQuery, Oracle or
 * T-SQL, into Calcite's SQL of the same meaning. The whole text is read in the dialect whose signs
 * it bears; a text without any means what it means to Calcite. Only ASK's SQL comes here: what a
 * person types keeps the standard's meaning.
 *
 * <p>A statement that would change in its spelling alone stays as it was given, and so does one
 * that the parser cannot read, that is longer than 32,768 characters or holds a second statement:
 * the engine's own parser then decides.
 *
 * <p>It proves nothing and permits nothing: what comes out is parsed, validated and guarded as any
 * other statement, and what it cannot read goes there as it is. Immutable; thread-safe.
 */
public final class Normaliser {
  private static final long PARSER_MILLIS = 3_000;

  /** MySQL's clause PROCEDURE, which the parser reads and forgets. */
  private static final String PROCEDURE = "PROCEDURE";

  /** No question needs a longer statement; the time that reading takes is bounded by it. */
  private static final int LONGEST = 32_768;

  /**
   * The statement in Calcite's SQL.
   *
   * @param given what the model gave as its SQL, with fences, prose or comments around it or not
   * @param catalogs the tables that the statement may name
   * @param schemaPath where an unqualified table is looked for
   * @throws SQLException with SQLState 0A000 when the statement has a construct to which the same
   *     meaning cannot be given; the message names it
   */
  public String normalise(String given, Catalogs catalogs, List<String> schemaPath)
      throws SQLException {
    if (given.length() > LONGEST) {
      return given;
    }
    String sql = ModelText.statement(given);
    if (ModelText.holdsSeveral(sql)) {
      // The parser would read the first and leave the rest out.
      return sql;
    }
    Dialect dialect = Dialect.of(sql);
    String readable =
        dialect.escapesByBackslash() ? ConvertCalls.asCasts(ModelText.withQuotesDoubled(sql)) : sql;
    if (PlainText.holds(sql, PROCEDURE)) {
      return sql;
    }
    Statement statement;
    try {
      statement = CCJSqlParserUtil.parse(readable, parser -> configure(parser, dialect));
    } catch (JSQLParserException e) {
      // The engine's own parser reads some that this one does not, and its errors name the place.
      return sql;
    }
    if (!(statement instanceof Select select)
        || PlainText.leavesOut(readable, statement.toString())) {
      return sql;
    }
    try {
      Tables tables = new Tables(catalogs, schemaPath);
      String written = new SelectWriter(dialect, tables).write(select, null).sql();
      return PlainText.saysTheSame(sql, written) ? sql : written;
    } catch (SQLFeatureNotSupportedException e) {
      if (dialect == Dialect.STANDARD) {
        // It means what it means to Calcite, which takes more than this writer knows.
        return sql;
      }
      throw e;
    } catch (StackOverflowError e) {
      throw SqlErrors.notSupported("The query is nested too deeply.");
    } catch (Written.TooLong e) {
      throw SelectWriter.refused("an expression that becomes too long");
    } catch (ArithmeticException | NumberFormatException e) {
      throw SelectWriter.refused("a number that is too large");
    }
  }

  private static void configure(CCJSqlParser parser, Dialect dialect) {
    parser.withSquareBracketQuotation(dialect == Dialect.TSQL).withTimeOut(PARSER_MILLIS);
  }
}
