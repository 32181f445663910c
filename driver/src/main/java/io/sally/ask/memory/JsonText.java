package io.sally.ask.memory;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sally.engine.SqlErrors;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Lists as JSON arrays, which one column holds. Stateless. */
final class JsonText {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonText() {}

  static String of(List<String> texts) {
    ArrayNode array = JSON.createArrayNode();
    texts.forEach(array::add);
    return array.toString();
  }

  static List<String> list(String json) throws SQLException {
    List<String> texts = new ArrayList<>();
    for (JsonNode text : parse(json)) {
      texts.add(text.asText());
    }
    return texts;
  }

  static String ofTables(Collection<TableName> tables) {
    ArrayNode array = JSON.createArrayNode();
    for (TableName table : tables) {
      array.addArray().add(table.source()).add(table.schema()).add(table.table());
    }
    return array.toString();
  }

  static SortedSet<TableName> tables(String json) throws SQLException {
    SortedSet<TableName> tables = new TreeSet<>();
    for (JsonNode table : parse(json)) {
      tables.add(
          new TableName(table.path(0).asText(), textOrNull(table.path(1)), table.path(2).asText()));
    }
    return tables;
  }

  private static @Nullable String textOrNull(JsonNode text) {
    return text.isNull() ? null : text.asText();
  }

  private static JsonNode parse(String json) throws SQLException {
    try {
      return JSON.readTree(json);
    } catch (JsonProcessingException e) {
      throw SqlErrors.internal("The memory of ASK holds a list that is none.", e);
    }
  }
}
