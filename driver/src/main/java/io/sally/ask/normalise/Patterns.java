package io.sally.ask.normalise;

import java.sql.SQLException;
import net.sf.jsqlparser.expression.Expression;
import net.sf.jsqlparser.expression.StringValue;
import net.sf.jsqlparser.expression.operators.relational.LikeExpression;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperator;
import net.sf.jsqlparser.expression.operators.relational.RegExpMatchOperatorType;

/** LIKE and regular expressions. */
final class Patterns {
  private Patterns() {}

  static Written like(
      LikeExpression like, Written text, Dialect dialect, ExpressionWriter writer, Scope scope)
      throws SQLException {
    String not = like.isNot() ? "NOT " : "";
    Expression pattern = like.getRightExpression();
    String word =
        switch (like.getLikeKeyWord()) {
          // Without case, as their default collations and SQLite's LIKE have it.
          case LIKE ->
              dialect == Dialect.MYSQL || dialect == Dialect.SQLITE || dialect == Dialect.TSQL
                  ? "ILIKE"
                  : "LIKE";
          case ILIKE -> "ILIKE";
          case SIMILAR_TO -> "SIMILAR TO";
          case REGEXP, RLIKE, REGEXP_LIKE -> "";
          default ->
              throw SelectWriter.refused(like.getLikeKeyWord() + "; write LIKE with % and _");
        };
    if (word.isEmpty()) {
      return new Written(
          not + regex(text, pattern, dialect == Dialect.MYSQL, writer, scope),
          Kind.BOOLEAN,
          false,
          like);
    }
    String escape = "";
    if (like.getEscape() != null) {
      escape = " ESCAPE " + writer.write(like.getEscape(), scope).sql();
    } else if ((dialect == Dialect.MYSQL || dialect == Dialect.POSTGRESQL)
        && pattern instanceof StringValue value
        && writer.text(value).contains("\\")) {
      escape = " ESCAPE '\\'";
    }
    return new Written(
        Texts.asText(text)
            + " "
            + not
            + word
            + " "
            + writer.write(pattern, scope).operand()
            + escape,
        Kind.BOOLEAN,
        false,
        like);
  }

  static Written match(RegExpMatchOperator match, ExpressionWriter writer, Scope scope)
      throws SQLException {
    RegExpMatchOperatorType type = match.getOperatorType();
    boolean not =
        type == RegExpMatchOperatorType.NOT_MATCH_CASEINSENSITIVE
            || type == RegExpMatchOperatorType.NOT_MATCH_CASESENSITIVE;
    boolean caseless =
        type == RegExpMatchOperatorType.MATCH_CASEINSENSITIVE
            || type == RegExpMatchOperatorType.NOT_MATCH_CASEINSENSITIVE;
    return new Written(
        (not ? "NOT " : "")
            + regex(
                writer.raw(match.getLeftExpression(), scope),
                match.getRightExpression(),
                caseless,
                writer,
                scope),
        Kind.BOOLEAN,
        false,
        match);
  }

  /** A regular expression that need not cover the whole text. */
  static String regex(
      Written text, Expression pattern, boolean caseless, ExpressionWriter writer, Scope scope)
      throws SQLException {
    String written =
        pattern instanceof StringValue value
            ? Names.text(javaRegex(writer.text(value)))
            : writer.write(pattern, scope).sql();
    return "REGEXP_LIKE(" + Texts.asText(text) + ", " + written + (caseless ? ", 'i'" : "") + ")";
  }

  /** Character classes and word ends as Java's regular expressions have them. */
  static String javaRegex(String pattern) {
    return pattern
        .replace("[:alpha:]", "\\p{Alpha}")
        .replace("[:digit:]", "\\d")
        .replace("[:alnum:]", "\\p{Alnum}")
        .replace("[:space:]", "\\s")
        .replace("[:upper:]", "\\p{Upper}")
        .replace("[:lower:]", "\\p{Lower}")
        .replace("[:punct:]", "\\p{Punct}")
        .replace("[[:<:]]", "\\b")
        .replace("[[:>:]]", "\\b")
        .replace("\\y", "\\b")
        .replace("\\m", "\\b(?=\\w)")
        .replace("\\M", "\\b(?<=\\w)");
  }
}
