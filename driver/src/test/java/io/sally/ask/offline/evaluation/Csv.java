package io.sally.ask.offline.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads a CSV file as RFC 4180 has it, its first record being the names of the fields. */
final class Csv {
  private final String text;
  private int at;

  private Csv(String text) {
    this.text = text;
  }

  static List<Map<String, String>> read(Path file) throws IOException {
    Csv csv = new Csv(Files.readString(file));
    List<String> names = csv.line();
    List<Map<String, String>> records = new ArrayList<>();
    while (csv.at < csv.text.length()) {
      List<String> fields = csv.line();
      Map<String, String> named = new LinkedHashMap<>();
      for (int i = 0; i < Math.min(names.size(), fields.size()); i++) {
        named.put(names.get(i), fields.get(i));
      }
      records.add(named);
    }
    return records;
  }

  private List<String> line() {
    List<String> fields = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '"' && quoted && at < text.length() && text.charAt(at) == '"') {
        field.append(text.charAt(at++));
      } else if (c == '"') {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        fields.add(field.toString());
        field.setLength(0);
      } else if (c == '\n' && !quoted) {
        break;
      } else if (c != '\r' || quoted) {
        field.append(c);
      }
    }
    fields.add(field.toString());
    return fields;
  }
}
