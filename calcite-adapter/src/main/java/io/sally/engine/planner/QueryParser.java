package io.sally.engine.planner;

import io.sally.engine.SqlErrors;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.avatica.util.Casing;
import org.apache.calcite.avatica.util.Quoting;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;
import org.apache.calcite.sql.parser.babel.SqlBabelParserImpl;

/** From one text to the parse tree of one query. Immutable. */
final class QueryParser {
  /** Longer than any database's own limit on names. */
  private static final int MAX_NAME_LENGTH = 1000;

  private static final Set<String> WRITING_WORDS =
      Set.of(
          "ALTER",
          "ANALYZE",
          "CALL",
          "COPY",
          "CREATE",
          "DELETE",
          "DO",
          "DROP",
          "EXEC",
          "EXECUTE",
          "GRANT",
          "INSERT",
          "LOAD",
          "LOCK",
          "MERGE",
          "RENAME",
          "REPLACE",
          "REVOKE",
          "TRUNCATE",
          "UPDATE",
          "UPSERT",
          "VACUUM");

  private static final Pattern LEADING_COMMENTS =
      Pattern.compile("\\A(?:\\s+|--[^\\r\\n]*|/\\*(?s:.*?)\\*/)+");

  private final SqlParser.Config config =
      SqlParser.config()
          .withParserFactory(SqlBabelParserImpl.FACTORY)
          .withConformance(SallyConformance.INSTANCE)
          .withQuoting(Quoting.DOUBLE_QUOTE)
          .withQuotedCasing(Casing.UNCHANGED)
          .withUnquotedCasing(Casing.UNCHANGED)
          .withCaseSensitive(false)
          .withIdentifierMaxLength(MAX_NAME_LENGTH);

  private final SallySqlDialect dialect =
      new SallySqlDialect(SqlParser.create("", config).getMetadata());

  /**
   * Parses one query.
   *
   * @throws SQLException when the text is not one statement, or the statement is no query, or a
   *     date or time literal cannot be read
   */
  SqlNode parse(String sql) throws SQLException {
    SqlNodeList statements;
    try {
      statements = SqlParser.create(sql, config).parseStmtList();
    } catch (SqlParseException e) {
      for (String word : List.of(firstWord(sql), unexpectedWord(sql, e))) {
        if (WRITING_WORDS.contains(word)) {
          throw onlyQueries(word);
        }
      }
      throw PlanningErrors.syntax(sql, e);
    }
    if (statements.isEmpty()) {
      throw SqlErrors.syntax("The statement is empty.", null);
    }
    if (statements.size() != 1) {
      throw SqlErrors.syntax(
          "One statement was expected and "
              + statements.size()
              + " were given: the second begins at line "
              + statements.get(1).getParserPosition().getLineNum()
              + ", column "
              + statements.get(1).getParserPosition().getColumnNum()
              + ". Send them one by one.",
          null);
    }
    SqlNode statement = statements.get(0);
    if (!statement.isA(SqlKind.QUERY)) {
      throw onlyQueries(statement.getKind().sql.replace('_', ' '));
    }
    return BorrowedForms.in(DateTimeLiterals.in(statement));
  }

  /**
   * Parses one condition.
   *
   * @throws SQLException when the text is not one expression
   */
  SqlNode parseCondition(String text) throws SQLException {
    try {
      return BorrowedForms.in(
          DateTimeLiterals.in(SqlParser.create(text, config).parseExpression()));
    } catch (SqlParseException e) {
      throw PlanningErrors.syntax(text, e);
    }
  }

  /** The statement as one canonical text. */
  String write(SqlNode statement) {
    return dialect.write(statement);
  }

  private static SQLException onlyQueries(String what) {
    return SqlErrors.readOnly(
        "Sally only reads: "
            + what
            + " is not permitted. Queries (SELECT, WITH, VALUES, TABLE and set operations) and ASK are.");
  }

  private static String firstWord(String sql) {
    return wordAt(LEADING_COMMENTS.matcher(sql).replaceFirst(""));
  }

  /** The word at which the parser stopped: in WITH t AS (DELETE …) it is what was asked for. */
  private static String unexpectedWord(String sql, SqlParseException e) {
    SqlParserPos position = e.getPos();
    if (position == null || position.getLineNum() == 0) {
      return "";
    }
    return wordAt(
        sql.substring(
            Math.min(
                sql.length(),
                SqlParserUtil.lineColToIndex(
                    sql, position.getLineNum(), position.getColumnNum()))));
  }

  private static String wordAt(String text) {
    return text.split("[^A-Za-z]", 2)[0].toUpperCase(Locale.ROOT);
  }
}
