package io.sally.driver.statement;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** A text of several statements, each ended by a semicolon. */
public final class Script {
  private Script() {}

  /**
   * The statements of the text, without their semicolons; those of white space and comments alone
   * are left out.
   *
   * @throws SQLException with SQLState 42601 when a quote or a comment does not end
   */
  public static List<String> statements(String text) throws SQLException {
    List<String> statements = new ArrayList<>();
    StringBuilder statement = new StringBuilder();
    boolean empty = true;
    for (Token token : Lexer.split(text)) {
      if (token.is(';')) {
        add(statements, statement, empty);
        statement.setLength(0);
        empty = true;
      } else {
        statement.append(token.text());
        empty &= token.kind() == Token.Kind.TRIVIA;
      }
    }
    add(statements, statement, empty);
    return statements;
  }

  private static void add(List<String> statements, StringBuilder statement, boolean empty) {
    if (!empty) {
      statements.add(statement.toString().strip());
    }
  }
}
