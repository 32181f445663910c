package io.sally.driver.config;

import io.sally.engine.SqlErrors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions.FlowStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.composer.Composer;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.parser.ParserImpl;
import org.yaml.snakeyaml.reader.StreamReader;
import org.yaml.snakeyaml.resolver.Resolver;

/**
 * Reads a configuration file into whole keys and texts, each with its place. The file is read as a
 * tree of texts, never as objects: {@code no} stays the word, and nothing is instantiated.
 *
 * <p>Whatever is wrong, no text of the file gets into a message but the names of keys. YAML's own
 * messages quote the line, which may be a password's, so that they are kept out as well.
 */
final class YamlFile {
  private static final int MOST_CHARACTERS = 1 << 20;
  private static final int DEEPEST = 20;

  private static final String NOT_YAML =
      "Here the file is no well-formed YAML. Look at this line and the one before it: a space"
          + " follows each colon, lines of one section are indented alike with spaces and not with"
          + " tabs, and a text with special characters stands in single quotes.";

  private final Path file;
  private final Problems problems;
  private final Map<String, GivenValue> values = new LinkedHashMap<>();

  private YamlFile(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * The values of the file by their whole keys, in its order.
   *
   * @throws SQLException with SQLState 08001 when the file cannot be read, 22023 when it is no YAML
   */
  static Map<String, GivenValue> read(Path file, Problems problems) throws SQLException {
    return parse(file, text(file), problems);
  }

  /**
   * The values of a text that is, or is going to be, in the file.
   *
   * @throws SQLException with SQLState 22023 when it is no YAML
   */
  static Map<String, GivenValue> parse(Path file, String text, Problems problems)
      throws SQLException {
    YamlFile reading = new YamlFile(file, problems);
    Node root = reading.compose(text);
    if (root instanceof MappingNode mapping) {
      if (reading.isPlain(mapping)) {
        reading.section("", mapping);
      }
    } else if (root != null && !isNothing(root)) {
      problems.add(
          reading.position(root.getStartMark()),
          "The file begins with something else than keys. Write it as key: value, a line each; the"
              + " keys are "
              + String.join(", ", KnownKeys.below(""))
              + ".");
    }
    return reading.values;
  }

  private static String text(Path file) throws SQLException {
    byte[] bytes;
    try {
      bytes = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw SqlErrors.cannotConnect(
          "There is no configuration file "
              + file
              + ". Write one, for example with the command configure of the jar, or connect to"
              + " jdbc:sally: for the demo schema.",
          e);
    } catch (IOException e) {
      throw SqlErrors.cannotConnect(
          "The configuration file "
              + file
              + " cannot be read ("
              + e.getClass().getSimpleName()
              + "). Name a text file that this user may read.",
          e);
    }
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw SqlErrors.invalidParameter(
          "The configuration file " + file + " is not written in UTF-8. Save it as UTF-8.", e);
    }
  }

  private @Nullable Node compose(String text) throws SQLException {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(DEEPEST);
    // An alias is refused below; until then it costs nothing, since a tree refers and never copies.
    Composer composer =
        new Composer(new ParserImpl(new StreamReader(text), options), new Resolver(), options);
    try {
      if (!composer.checkNode()) {
        return null;
      }
      Node root = composer.getNode();
      if (composer.checkNode()) {
        throw malformed(
            position(composer.getNode().getStartMark()),
            "Here a second YAML document begins. A configuration file has one: take out the line"
                + " --- between them.");
      }
      return root;
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      throw malformed(mark == null ? new FilePosition(file, 1, 1) : position(mark), NOT_YAML);
    } catch (YAMLException e) {
      throw SqlErrors.invalidParameter(
          "The configuration file "
              + file
              + " is no YAML: it is longer or more deeply nested than a configuration can be, or"
              + " holds control characters.",
          null);
    }
  }

  private static SQLException malformed(FilePosition position, String message) {
    return SqlErrors.invalidParameter("File " + position + ": " + message, null);
  }

  /** Reads what stands below {@code prefix}, which is empty or ends with a dot. */
  private void section(String prefix, MappingNode mapping) {
    Set<String> seen = new HashSet<>();
    boolean afterSecret = false;
    for (NodeTuple entry : mapping.getValue()) {
      Node keyNode = entry.getKeyNode();
      Node value = entry.getValueNode();
      if (!(keyNode instanceof ScalarNode scalar) || !isPlain(keyNode)) {
        if (!(keyNode instanceof ScalarNode)) {
          problems.add(position(keyNode.getStartMark()), "A key is a name and nothing else.");
        }
        continue;
      }
      String name = scalar.getValue();
      // What stands behind a password in {…}, or has no value, may be a part of the password.
      boolean showable =
          !isNothing(value) && !(afterSecret && mapping.getFlowStyle() == FlowStyle.FLOW);
      String whole = prefix + name;
      if (!seen.add(name)) {
        problems.add(
            position(keyNode.getStartMark()),
            "The key " + (KnownKeys.isKnown(whole) ? whole : "here") + " stands twice.");
      } else if (!KnownKeys.isKnown(whole) && !KnownKeys.isSection(whole)) {
        problems.add(position(keyNode.getStartMark()), KnownKeys.unknown(prefix, name, showable));
      } else if (isPlain(value)) {
        value(whole, value);
      }
      afterSecret = KnownKeys.isSecret(whole);
    }
  }

  private void value(String key, Node node) {
    FilePosition position = position(node.getStartMark());
    if (isNothing(node)) {
      return;
    }
    if (KnownKeys.isSection(key)) {
      if (node instanceof MappingNode mapping) {
        section(key + '.', mapping);
      } else {
        problems.add(
            position,
            key
                + " has no value of its own: its keys stand below it, indented, or in {…} behind"
                + " it. They are "
                + String.join(", ", KnownKeys.below(key + '.'))
                + ".");
      }
    } else if (node instanceof ScalarNode scalar) {
      put(key, scalar.getValue(), position);
    } else if (node instanceof SequenceNode list && KnownKeys.isList(key)) {
      list(key, list, position);
    } else {
      problems.add(
          position,
          key
              + " is one text, and here stands more than one. Write it behind the colon, in single"
              + " quotes when it has special characters.");
    }
  }

  private void list(String key, SequenceNode list, FilePosition position) {
    List<String> items = new ArrayList<>();
    for (Node item : list.getValue()) {
      if (item instanceof ScalarNode scalar && isPlain(item) && !scalar.getValue().contains(",")) {
        items.add(scalar.getValue());
      } else {
        problems.add(
            position(item.getStartMark()),
            "An item of " + key + " is one name without comma. Write them as [first, second].");
      }
    }
    put(key, String.join(",", items), position);
  }

  private void put(String key, String text, FilePosition position) {
    if (!text.isBlank()) {
      values.put(key, new GivenValue(key, text, Origin.FILE, position));
    }
  }

  /** Whether the node is YAML's plain kind; else it is told what is wrong. */
  private boolean isPlain(Node node) {
    if (node.getAnchor() != null) {
      problems.add(
          position(node.getStartMark()),
          "YAML's anchors (&) and aliases (*) are not used in a configuration. Write the value out;"
              + " a text that begins with one of these characters stands in single quotes.");
      return false;
    }
    if (!node.getTag().startsWith(Tag.PREFIX)) {
      problems.add(
          position(node.getStartMark()),
          "YAML's tags (!) are not used in a configuration. A text that begins with ! stands in"
              + " single quotes.");
      return false;
    }
    return true;
  }

  private static boolean isNothing(Node node) {
    return node.getTag().equals(Tag.NULL);
  }

  private FilePosition position(Mark mark) {
    return new FilePosition(file, mark.getLine() + 1, mark.getColumn() + 1);
  }
}
