package io.sally.engine.planner;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.jspecify.annotations.Nullable;

/**
 * Writes SQL as people like to read it and as Sally's own parser takes it: a name is quoted only
 * where it must be, a text stands as it is, and a limit is a LIMIT. Immutable.
 */
final class SallySqlDialect extends SqlDialect {
  private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  private final SqlAbstractParserImpl.Metadata words;

  SallySqlDialect(SqlAbstractParserImpl.Metadata words) {
    super(
        SqlDialect.EMPTY_CONTEXT
            .withDatabaseProduct(DatabaseProduct.UNKNOWN)
            .withIdentifierQuoteString("\""));
    this.words = words;
  }

  /** The statement as one text, on several lines. */
  String write(SqlNode statement) {
    return statement
        .toSqlString(
            config ->
                config
                    .withDialect(this)
                    .withQuoteAllIdentifiers(true)
                    .withAlwaysUseParentheses(false)
                    .withSelectListItemsOnSeparateLines(false)
                    .withClauseStartsLine(true)
                    .withIndentation(2))
        .getSql();
  }

  @Override
  protected boolean identifierNeedsQuote(String val) {
    return !PLAIN_NAME.matcher(val).matches() || words.isReservedWord(val.toUpperCase(Locale.ROOT));
  }

  /** The inherited one writes a text with an umlaut as {@code u&'…'}. */
  @Override
  public void quoteStringLiteral(StringBuilder buf, @Nullable String charsetName, String val) {
    buf.append('\'').append(val.replace("'", "''")).append('\'');
  }

  @Override
  public void unparseOffsetFetch(
      SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
    unparseFetchUsingLimit(writer, offset, fetch);
  }
}
