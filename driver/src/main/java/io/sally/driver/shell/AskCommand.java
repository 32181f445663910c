package io.sally.driver.shell;

import java.util.List;
import sqlline.AbstractCommandHandler;
import sqlline.DispatchCallback;
import sqlline.SqlLine;

/**
 * {@code !ask how many sites are there?}: a question without quotes, and what ASK knows in help.
 */
final class AskCommand extends AbstractCommandHandler {
  private static final String NAME = "ask";
  private static final String HELP =
      """
      A question in plain language: !ask <question>
      As statements, each ended with a semicolon:
      ASK '<question>' gives its rows, with the SQL that was run;
      ASK SQL '<question>' the SQL alone, with an id;
      ASK RUN <id> runs it;
      ASK MORE '<question>' goes on from the last question;
      ASK CHART '<question>' draws a chart and writes a page of it;
      ASK NARRATE '<question>' a sentence or two;
      ASK PROMPT '<question>' what would be sent to the model;
      ASK PIN <id> marks a translation as verified;
      EXPLAIN ASK '<question>' gives the plan.
      Tables about it: sally.questions, sally.egress, sally.settings, sally.sources""";

  AskCommand(SqlLine sqlLine) {
    super(sqlLine, new String[] {NAME}, HELP, List.of());
  }

  @Override
  public void execute(String line, DispatchCallback callback) {
    String question = line.substring(line.indexOf(NAME) + NAME.length()).strip();
    if (question.isEmpty()) {
      sqlLine.output(HELP);
      callback.setToSuccess();
      return;
    }
    sqlLine.runCommands(List.of("ASK '" + question.replace("'", "''") + "';"), callback);
  }
}
