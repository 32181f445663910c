package io.sally.driver.shell;

import io.sally.ask.model.TranslatorFactory;
import io.sally.ask.model.Vendor;
import io.sally.driver.ModelCheck;
import io.sally.driver.config.Configuration;
import io.sally.driver.config.ConfigurationReader;
import io.sally.driver.config.ConnectionUrl;
import io.sally.driver.config.LlmSettings;
import io.sally.driver.config.Property;
import java.io.EOFException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.CopyOption;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code configure}: asks for the sources and the language model, tries each, and
 * writes the file when the person has seen it. Until then nothing is written anywhere.
 */
final class Configure {
  private static final String GEMINI_KEY = "GEMINI_API_KEY";

  private final Dialogue dialogue;
  private final PrintStream err;
  private final UnaryOperator<@Nullable String> environment;

  Configure(
      Typing typing,
      PrintStream out,
      PrintStream err,
      UnaryOperator<@Nullable String> environment) {
    this.dialogue = new Dialogue(typing, out);
    this.err = err;
    this.environment = environment;
  }

  /**
   * Leads through the dialogue.
   *
   * @return the exit code: 0 when the file was written
   */
  int run(String name) throws IOException {
    Path file;
    try {
      file = Path.of(name).toAbsolutePath().normalize();
    } catch (InvalidPathException e) {
      err.println("This is no path of a file: " + name);
      return 1;
    }
    if (Files.isDirectory(file) || !Files.isDirectory(file.resolveSibling("."))) {
      err.println(
          Files.isDirectory(file)
              ? file + " is a folder. Name the file to write, as sally configure sally.yaml."
              : "The folder of " + file + " does not exist. Make it first.");
      return 1;
    }
    try {
      return dialogue(name, file);
    } catch (EOFException e) {
      err.println(e.getMessage() + " Nothing was written.");
      return 1;
    }
  }

  private int dialogue(String name, Path file) throws IOException {
    dialogue.say("This makes " + file + ". Enter takes the answer in brackets, - takes none.");
    boolean replace = Files.exists(file);
    if (replace && !dialogue.agrees("The file exists. Replace it in the end?", false)) {
      err.println("Nothing was written. Name another file: sally configure <file>");
      return 1;
    }
    ConfigurationDraft draft = new ConfigurationDraft(sources(file), model(file));
    dialogue.say("");
    dialogue.say(draft.shown());
    if (!dialogue.agrees("Write this to " + file + "?", true)) {
      err.println("Nothing was written.");
      return 1;
    }
    return write(name, file, draft, replace);
  }

  private List<SourceDraft> sources(Path file) throws IOException {
    SourceQuestions questions = new SourceQuestions(dialogue, environment, file);
    List<SourceDraft> sources = new ArrayList<>();
    do {
      dialogue.say("");
      questions.ask(sources).ifPresent(sources::add);
    } while (dialogue.agrees("One more source?", false));
    return sources;
  }

  private Map<Property, String> model(Path file) throws IOException {
    dialogue.say("");
    dialogue.say(
        "Who translates the questions of ASK? gemini: Google's model, with a key of yours; openai:");
    dialogue.say(
        "OpenAI's, or one on a machine of yours that speaks its protocol, as Ollama does; anthropic:");
    dialogue.say("Anthropic's; offline: Sally herself, without model and network.");
    String provider =
        environment.apply(GEMINI_KEY) != null ? LlmSettings.GEMINI : LlmSettings.OFFLINE;
    Optional<Vendor> vendor = Optional.empty();
    String variable = "";
    String model = "";
    String address = "";
    while (true) {
      Map<Property, String> values = new LinkedHashMap<>();
      provider = dialogue.choice("Language model", Property.LLM_PROVIDER.choices(), provider);
      values.put(Property.LLM_PROVIDER, provider);
      Optional<Vendor> chosen = TranslatorFactory.of(provider).map(TranslatorFactory::vendor);
      if (chosen.isEmpty()) {
        return values;
      }
      if (!chosen.equals(vendor)) {
        variable = chosen.get().keyVariable();
        model = chosen.get().model();
        address = "";
        vendor = chosen;
      }
      variable =
          dialogue.text(
              "Environment variable with the key",
              variable,
              answer ->
                  answer.matches(chosen.get().needsKey() ? "[^}=\\s]+" : "[^}=\\s]*")
                      ? ""
                      : "Name a variable, without ${ and }.");
      model = dialogue.text("Model", model);
      address = dialogue.text("Address, where it is not its maker's own", address);
      if (!variable.isEmpty()) {
        values.put(Property.LLM_API_KEY, "${env:" + variable + "}");
      }
      put(values, Property.LLM_MODEL, model.equals(chosen.get().model()) ? "" : model);
      put(values, Property.LLM_BASE_URL, address);
      Optional<String> failure = failure(file, values);
      if (failure.isEmpty()) {
        return values;
      }
      dialogue.say("");
      dialogue.say("The language model does not work yet: " + failure.get());
      if (dialogue
          .choice(
              "Correct the answers, or keep them as they are?",
              List.of("correct", "keep"),
              "correct")
          .equals("keep")) {
        return values;
      }
    }
  }

  private static void put(Map<Property, String> values, Property property, String text) {
    if (!text.isEmpty() && !text.equals(property.defaultText())) {
      values.put(property, text);
    }
  }

  private Optional<String> failure(Path file, Map<Property, String> model) {
    try {
      Configuration configuration =
          new ConfigurationReader(environment)
              .read(file, new ConfigurationDraft(List.of(), model).yaml());
      ModelCheck check = ModelCheck.of(configuration);
      if (!check.reachable()) {
        return Optional.of(check.message());
      }
      dialogue.say(
          "The language model "
              + check.message()
              + " works: "
              + check.latency().toMillis()
              + " ms.");
      return Optional.empty();
    } catch (SQLException e) {
      return Optional.of(ErrorText.of(e));
    }
  }

  private int write(String name, Path file, ConfigurationDraft draft, boolean replace)
      throws IOException {
    // A temporary file is its owner's alone where there are permissions, and a whole file takes
    // the place of the old one or none does.
    Path written = Files.createTempFile(file.resolveSibling("."), ".sally", ".yaml");
    try {
      Files.writeString(written, draft.yaml());
      Files.move(
          written,
          file,
          replace ? new CopyOption[] {StandardCopyOption.REPLACE_EXISTING} : new CopyOption[0]);
    } catch (FileAlreadyExistsException e) {
      err.println(file + " was made by somebody else meanwhile. Nothing was written.");
      return 1;
    } finally {
      Files.deleteIfExists(written);
    }
    dialogue.say("");
    dialogue.say("Written: " + file);
    dialogue.say("Next:    sally check " + quotedForShell(name));
    dialogue.say("JDBC:    " + url(file));
    return 0;
  }

  private static String quotedForShell(String name) {
    return name.matches("[\\w./~-]+") ? name : "'" + name.replace("'", "'\\''") + "'";
  }

  /** A question mark would begin the parameters. */
  private static String url(Path file) {
    String path = file.toString();
    return ConnectionUrl.PREFIX
        + (path.contains("?") ? path.replace("%", "%25").replace("?", "%3F") : path);
  }
}
