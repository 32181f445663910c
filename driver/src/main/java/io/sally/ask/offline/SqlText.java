package io.sally.ask.offline;

import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDialect;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.SqlWriterConfig;
import org.apache.calcite.sql.dialect.CalciteSqlDialect;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.parser.SqlAbstractParserImpl;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.pretty.SqlPrettyWriter;
import org.jspecify.annotations.Nullable;

/** Writes a parse tree as text that people read and Calcite's parser takes. */
final class SqlText {
  private static final Pattern PLAIN = Pattern.compile("[a-z][a-z0-9_]*");
  private static final SqlAbstractParserImpl.Metadata KEYWORDS = SqlParser.create("").getMetadata();
  private static final SqlDialect DIALECT =
      new CalciteSqlDialect(
          CalciteSqlDialect.DEFAULT_CONTEXT
              .withIdentifierQuoteString("\"")
              .withNullCollation(NullCollation.HIGH)) {
        @Override
        protected boolean identifierNeedsQuote(String name) {
          return !PLAIN.matcher(name).matches()
              || KEYWORDS.isKeyword(name.toUpperCase(Locale.ROOT));
        }

        @Override
        public void unparseOffsetFetch(
            SqlWriter writer, @Nullable SqlNode offset, @Nullable SqlNode fetch) {
          unparseFetchUsingLimit(writer, offset, fetch);
        }

        @Override
        public void unparseCall(SqlWriter writer, SqlCall call, int leftPrec, int rightPrec) {
          if (call.getKind() == SqlKind.FLOOR && call.operandCount() == 2) {
            SqlWriter.Frame frame = writer.startFunCall("FLOOR");
            call.operand(0).unparse(writer, 0, 0);
            writer.sep("TO");
            call.operand(1).unparse(writer, 0, 0);
            writer.endFunCall(frame);
          } else if (call.getKind() == SqlKind.BETWEEN) {
            between(writer, call);
          } else {
            super.unparseCall(writer, call, leftPrec, rightPrec);
          }
        }
      };

  private SqlText() {}

  /** Leaves out ASYMMETRIC, which is the default and which few readers know. */
  private static void between(SqlWriter writer, SqlCall call) {
    int precedence = call.getOperator().getLeftPrec();
    call.operand(0).unparse(writer, precedence, precedence);
    writer.keyword(
        ((SqlBetweenOperator) call.getOperator()).isNegated() ? "NOT BETWEEN" : "BETWEEN");
    call.operand(1).unparse(writer, precedence, precedence);
    writer.keyword("AND");
    call.operand(2).unparse(writer, precedence, precedence);
  }

  static String of(SqlNode node) {
    SqlWriterConfig config =
        SqlPrettyWriter.config()
            .withDialect(DIALECT)
            .withQuoteAllIdentifiers(false)
            .withClauseStartsLine(true)
            .withSelectListItemsOnSeparateLines(false)
            .withWhereListItemsOnSeparateLines(true)
            .withIndentation(2);
    return new SqlPrettyWriter(config).format(node);
  }
}
