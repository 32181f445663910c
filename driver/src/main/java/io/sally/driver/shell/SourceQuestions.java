package io.sally.driver.shell;

import io.sally.driver.SourceCheck;
import io.sally.driver.config.ConfigurationReader;
import io.sally.driver.config.Secret;
import io.sally.driver.config.SourceConfiguration;
import io.sally.driver.config.SourceProperty;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The part of the dialogue about sources: each is tried before the next. */
final class SourceQuestions {
  private static final Map<String, String> USUAL_PORTS =
      Map.of(
          "postgresql",
          "5432",
          "mysql",
          "3306",
          "mariadb",
          "3306",
          "oracle",
          "1521",
          "trino",
          "8080");
  private static final Map<String, String> SHORT_NAMES =
      Map.of(
          "postgresql", "pg", "mysql", "my", "mariadb", "maria", "oracle", "ora", "trino", "trino");
  private static final String SQLITE = "sqlite";

  private final Dialogue dialogue;
  private final UnaryOperator<@Nullable String> environment;
  private final Path file;

  /**
   * Questions about the sources of a file.
   *
   * @param file the absolute path of the configuration, beside which relative paths begin
   */
  SourceQuestions(Dialogue dialogue, UnaryOperator<@Nullable String> environment, Path file) {
    this.dialogue = dialogue;
    this.environment = environment;
    this.file = file;
  }

  /** Asks for one source until it answers, or the person keeps or drops it as it is. */
  Optional<SourceDraft> ask(List<SourceDraft> before) throws IOException {
    SourceDraft draft = SourceDraft.EMPTY;
    while (true) {
      draft = questions(draft, before);
      Optional<String> failure = failure(draft);
      if (failure.isEmpty()) {
        return Optional.of(draft);
      }
      dialogue.say("");
      dialogue.say("The source " + draft.name() + " does not work yet: " + failure.get());
      String next =
          dialogue.choice(
              "Correct the answers, keep the source as it is, or drop it?",
              List.of("correct", "keep", "drop"),
              "correct");
      if (next.equals("keep")) {
        return Optional.of(draft);
      } else if (next.equals("drop")) {
        return Optional.empty();
      }
    }
  }

  private SourceDraft questions(SourceDraft old, List<SourceDraft> before) throws IOException {
    String type = dialogue.choice("Kind of database", SourceProperty.TYPE.choices(), old.type());
    if (type.equals(SQLITE)) {
      String database =
          dialogue.text(
              "File of the database (a relative path begins in " + file.getParent() + ")",
              old.database(),
              answer -> answer.isEmpty() ? "Name the file." : "");
      return new SourceDraft(
          name(old, type, before), type, "", "", database, "", new Kept.Nowhere());
    }
    String host =
        dialogue.text(
            "Host",
            old.host().isEmpty() ? "localhost" : old.host(),
            answer -> answer.isEmpty() ? "Name the host." : "");
    String port =
        dialogue.text(
            "Port",
            old.port().isEmpty() || !old.type().equals(type)
                ? USUAL_PORTS.getOrDefault(type, "")
                : old.port(),
            answer -> answer.matches("[1-9][0-9]{0,4}") ? "" : "A port is a number.");
    String database = dialogue.text(database(type), old.database());
    String user = dialogue.text("User", old.user());
    String name = name(old, type, before);
    return new SourceDraft(name, type, host, port, database, user, password(old, name));
  }

  private static String database(String type) {
    return switch (type) {
      case "oracle" -> "Service";
      case "trino" -> "Catalog (empty for all)";
      default -> "Database";
    };
  }

  private String name(SourceDraft old, String type, List<SourceDraft> before) throws IOException {
    Set<String> taken =
        before.stream()
            .map(source -> source.name().toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    String usual = SHORT_NAMES.getOrDefault(type, "local");
    String free =
        Stream.iterate(1, number -> number + 1)
            .map(number -> number == 1 ? usual : usual + number)
            .filter(name -> !taken.contains(name))
            .findFirst()
            .orElse(usual);
    return dialogue.text(
        "Name of the source in SQL",
        old.name().isEmpty() ? free : old.name(),
        answer ->
            taken.contains(answer.toLowerCase(Locale.ROOT))
                ? "There is a source of this name already."
                : objection(answer));
  }

  /** What the reader of the file says of the name, which is the one to know. */
  private String objection(String name) {
    if (name.isEmpty()) {
      return "Without a name it cannot be used.";
    }
    SourceDraft named = new SourceDraft(name, SQLITE, "", "", "x", "", new Kept.Nowhere());
    try {
      read(named);
      return "";
    } catch (SQLException e) {
      return "A name begins with a letter and goes on with letters, digits, _ and -, up to 63 in"
          + " all; demo, sally and information_schema are Sally's own.";
    }
  }

  private Kept password(SourceDraft old, String name) throws IOException {
    dialogue.say(
        "Where shall the password stand? environment: in a variable; file: in a file of its own;");
    dialogue.say(
        "encrypted: here, with the key of SALLY_KEY; plain: here, in clear; none: there is none.");
    while (true) {
      String place =
          dialogue.choice(
              "Password",
              List.of("environment", "file", "encrypted", "plain", "none"),
              place(old.password()));
      switch (place) {
        case "environment" -> {
          return new Kept.InVariable(
              dialogue.text(
                  "Environment variable",
                  old.password() instanceof Kept.InVariable variable
                      ? variable.name()
                      : name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_") + "_PASSWORD",
                  answer ->
                      answer.matches("[^}=\\s]+") ? "" : "Name a variable, without ${ and }."));
        }
        case "file" -> {
          return new Kept.InFile(
              dialogue.text(
                  "File with the password (a relative path begins in " + file.getParent() + ")",
                  old.password() instanceof Kept.InFile kept ? kept.path() : "",
                  answer ->
                      answer.isEmpty() || answer.contains("}")
                          ? "Name a file whose path has no }."
                          : ""));
        }
        case "encrypted" -> {
          try {
            return new Kept.Encrypted(secret(), KeyInEnvironment.read(environment));
          } catch (IllegalArgumentException e) {
            dialogue.say("  " + e.getMessage());
          }
        }
        case "plain" -> {
          return new Kept.Plain(secret());
        }
        default -> {
          return new Kept.Nowhere();
        }
      }
    }
  }

  private static String place(Kept kept) {
    if (kept instanceof Kept.InFile) {
      return "file";
    } else if (kept instanceof Kept.Encrypted) {
      return "encrypted";
    }
    return kept instanceof Kept.Plain ? "plain" : "environment";
  }

  private Secret secret() throws IOException {
    while (true) {
      String typed = dialogue.secret("Password");
      if (!typed.isBlank()) {
        return new Secret(typed);
      }
      dialogue.say("  The password is empty.");
    }
  }

  /** Why the source cannot be used; nothing where it can, which the person is told. */
  private Optional<String> failure(SourceDraft draft) {
    SourceConfiguration source;
    try {
      source = read(draft);
    } catch (SQLException e) {
      return Optional.of(ErrorText.of(e));
    }
    Secret password = source.password();
    if (draft.password() instanceof Kept.Plain plain
        && (password == null || !plain.secret().equals(password))) {
      return Optional.of(
          "this password cannot stand in clear in the file, where it means something else. Choose"
              + " another place for it.");
    }
    SourceCheck check = SourceCheck.of(source);
    if (!check.reachable()) {
      return Optional.of(check.message());
    }
    dialogue.say(
        "The source "
            + draft.name()
            + " works: "
            + draft.type()
            + (check.version() == null ? "" : " " + check.version())
            + ", "
            + check.message()
            + ", "
            + check.latency().toMillis()
            + " ms.");
    return Optional.empty();
  }

  private SourceConfiguration read(SourceDraft draft) throws SQLException {
    return new ConfigurationReader(environment)
        .read(file, new ConfigurationDraft(List.of(draft), Map.of()).yaml())
        .sources()
        .get(0);
  }
}
