package io.sally.ask.offline.evaluation;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A question with the queries that answer it.
 *
 * @param gold the queries, any of which is right; none where the data have no answer
 */
record EvaluationQuestion(String database, String kind, String text, List<String> gold) {
  private static final Pattern CHOICE = Pattern.compile("\\{([^{}]+)}");
  private static final Pattern ORDER =
      Pattern.compile(
          "(?i)\\b(order(ed)?|sort(ed)?|alphabetical(ly)?|descending|ascending|highest to lowest"
              + "|lowest to highest|starting (from|with)|rank(ed)?)\\b");

  static List<EvaluationQuestion> answerable(Path file) throws IOException {
    List<EvaluationQuestion> questions = new ArrayList<>();
    for (Map<String, String> line : Csv.read(file)) {
      List<String> gold = new ArrayList<>();
      for (String query : line.getOrDefault("query", "").split(";", -1)) {
        if (!query.isBlank()) {
          gold.addAll(choices(query.strip()));
        }
      }
      questions.add(of(line, gold));
    }
    return questions;
  }

  static List<EvaluationQuestion> unanswerable(Path file) throws IOException {
    return Csv.read(file).stream().map(line -> of(line, List.of())).toList();
  }

  private static EvaluationQuestion of(Map<String, String> line, List<String> gold) {
    return new EvaluationQuestion(
        line.getOrDefault("db_name", ""),
        line.getOrDefault("query_category", ""),
        line.getOrDefault("question", ""),
        gold);
  }

  /** Whether the question itself says in which order the rows are to come. */
  boolean asksForOrder() {
    return ORDER.matcher(text).find();
  }

  /** The query with each non-empty choice of the columns in braces. */
  private static Set<String> choices(String query) {
    Matcher matcher = CHOICE.matcher(query);
    Set<String> queries = new TreeSet<>();
    if (!matcher.find()) {
      queries.add(query);
      return queries;
    }
    String[] columns = matcher.group(1).split(",", -1);
    for (int set = 1; set < 1 << columns.length; set++) {
      List<String> chosen = new ArrayList<>();
      for (int i = 0; i < columns.length; i++) {
        if ((set & (1 << i)) != 0) {
          chosen.add(columns[i].strip());
        }
      }
      String list = String.join(", ", chosen);
      String grouped =
          String.join(
              ", ", chosen.stream().map(c -> c.replaceAll("(?i)\\s+as\\s+\\w+$", "")).toList());
      queries.addAll(
          choices(
              query.substring(0, matcher.start())
                  + list
                  + query.substring(matcher.end()).replace("{}", grouped)));
    }
    return queries;
  }
}
