package io.sally.driver.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads the sources of a configuration. Confined to one reading. */
final class SourceReader {
  /** Schemas that are there without being configured. */
  private static final Set<String> RESERVED = Set.of("demo", "sally", "information_schema");

  private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]{0,62}");

  private static final int LAST_PORT = 65_535;
  private static final int MOST_CONNECTIONS = 1_000;

  private final GivenValues values;
  private final ValueReader reader;
  private final Path folder;
  private final Problems problems;

  SourceReader(GivenValues values, ValueReader reader, Path folder, Problems problems) {
    this.values = values;
    this.reader = reader;
    this.folder = folder;
    this.problems = problems;
  }

  /** The sources, in the order of the configuration. */
  List<SourceConfiguration> read() {
    List<SourceConfiguration> sources = new ArrayList<>();
    Map<String, String> names = new HashMap<>();
    for (String name : values.sources()) {
      checkName(name);
      String same = names.putIfAbsent(name.toLowerCase(Locale.ROOT), name);
      if (same != null) {
        problems.add(
            values.first(name),
            "The sources "
                + same
                + " and "
                + name
                + " have one name, since case does not count in SQL. Rename one.");
      }
      sources.add(source(name));
    }
    return sources;
  }

  private void checkName(String name) {
    if (RESERVED.contains(name.toLowerCase(Locale.ROOT))) {
      problems.add(
          values.first(name),
          "A source cannot have the name "
              + name
              + ", which is the name of a schema of Sally's own. Choose another.");
    } else if (!NAME.matcher(name).matches()) {
      problems.add(
          values.first(name),
          "The name of a source begins with a letter and goes on with letters, digits, _ and -, up"
              + " to 63 in all, and here it does not.");
    }
  }

  private SourceConfiguration source(String name) {
    SourceType type = type(name);
    checkPlace(name, type);
    return new SourceConfiguration(
        name,
        type,
        text(name, SourceProperty.HOST),
        port(name),
        database(name, type),
        reader.secret(values.get(name, SourceProperty.URL)).orElse(null),
        text(name, SourceProperty.USER),
        reader.secret(values.get(name, SourceProperty.PASSWORD)).orElse(null),
        reader.list(values.get(name, SourceProperty.SCHEMAS)),
        reader.count(values.get(name, SourceProperty.CONNECTIONS), MOST_CONNECTIONS),
        reader.duration(values.get(name, SourceProperty.CONNECT_TIMEOUT)),
        new PolicyReader(values, reader).read(name),
        samples(name));
  }

  private @Nullable Samples samples(String name) {
    GivenValue value = values.get(name, SourceProperty.ASK_SAMPLES);
    return value.isGiven() && !value.text().isBlank()
        ? reader.choice(value, Samples.values(), SourceProperty.ASK_SAMPLES.choices())
        : null;
  }

  private SourceType type(String name) {
    GivenValue value = values.get(name, SourceProperty.TYPE);
    if (!value.isGiven()) {
      problems.add(
          values.first(name),
          "The source "
              + name
              + " has no type. Choose one of "
              + String.join(", ", SourceProperty.TYPE.choices())
              + " and write it as "
              + value.key()
              + ".");
      return SourceType.POSTGRESQL;
    }
    return reader.choice(value, SourceType.values(), SourceProperty.TYPE.choices());
  }

  private void checkPlace(String name, SourceType type) {
    GivenValue url = values.get(name, SourceProperty.URL);
    List<GivenValue> parts =
        Stream.of(SourceProperty.HOST, SourceProperty.PORT, SourceProperty.DATABASE)
            .map(property -> values.get(name, property))
            .filter(GivenValue::isGiven)
            .toList();
    if (url.isGiven() && !parts.isEmpty()) {
      problems.add(
          parts.get(0),
          parts.get(0).key()
              + " stands beside "
              + url.key()
              + ", which says the place already. Leave one of them out.");
    } else if (!url.isGiven() && !values.get(name, SourceProperty.DATABASE).isGiven()) {
      if (type == SourceType.SQLITE || type == SourceType.ORACLE) {
        problems.add(
            values.first(name),
            "The source "
                + name
                + " names no database. Write "
                + (type == SourceType.SQLITE ? "its file" : "its service")
                + " as "
                + SourceProperty.DATABASE.key(name)
                + ".");
      }
    }
    if (type == SourceType.TRINO
        && !url.isGiven()
        && !values.get(name, SourceProperty.USER).isGiven()) {
      problems.add(
          values.first(name),
          "The source "
              + name
              + " names no user, and Trino wants one also where it asks for no password. Write it as "
              + SourceProperty.USER.key(name)
              + ".");
    }
  }

  private @Nullable String text(String name, SourceProperty property) {
    return reader.textOrNull(values.get(name, property));
  }

  private @Nullable Integer port(String name) {
    GivenValue value = values.get(name, SourceProperty.PORT);
    return value.isGiven() ? reader.count(value, LAST_PORT) : null;
  }

  private @Nullable String database(String name, SourceType type) {
    String text = text(name, SourceProperty.DATABASE);
    if (text == null
        || type != SourceType.SQLITE
        || text.startsWith(":")
        || text.startsWith("file:")) {
      return text;
    }
    try {
      return folder.resolve(ConfigurationPath.withHome(text)).normalize().toString();
    } catch (InvalidPathException e) {
      reader.wrong(values.get(name, SourceProperty.DATABASE), "Write the path of a file.");
      return text;
    }
  }
}
