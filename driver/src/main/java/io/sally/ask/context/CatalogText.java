package io.sally.ask.context;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import io.sally.engine.catalog.TableName;
import io.sally.engine.catalog.UniqueKey;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The catalog in a form that models read well and that costs few tokens: much as {@code CREATE
 * TABLE}. What people wrote into the catalog is quoted as JSON with {@code <} escaped, so that no
 * comment and no name can end the block that the catalog stands in.
 */
final class CatalogText {
  private CatalogText() {}

  static String of(Table table, SampleText samples) {
    return of(table, column -> true, samples);
  }

  /**
   * The table with these of its columns, and how many there are beside.
   *
   * @param shown which columns to show
   */
  static String of(Table table, Predicate<Column> shown, SampleText samples) {
    StringBuilder text = new StringBuilder();
    text.append(table.kind().jdbcName()).append(' ').append(name(table.name()));
    if (table.rowCount() != null) {
      text.append(String.format(Locale.ROOT, " (about %,d rows)", table.rowCount()));
    }
    if (table.comment() != null) {
      text.append(": ").append(quote(table.comment()));
    }
    text.append('\n');
    int left = 0;
    for (Column column : table.columns()) {
      if (!shown.test(column)) {
        left++;
        continue;
      }
      text.append("  ").append(name(column.name())).append(' ').append(column.type());
      text.append(column.nullable() ? "" : " NOT NULL").append(samples.of(table, column.name()));
      if (column.comment() != null) {
        text.append(": ").append(quote(column.comment()));
      }
      text.append('\n');
    }
    if (left > 0) {
      text.append("  (and ").append(left).append(" more columns)\n");
    }
    if (table.primaryKey() != null) {
      text.append("  PRIMARY KEY ").append(names(table.primaryKey().columns())).append('\n');
    }
    for (UniqueKey key : table.uniqueKeys()) {
      text.append("  UNIQUE ").append(names(key.columns())).append('\n');
    }
    for (ForeignKey key : table.foreignKeys()) {
      text.append("  FOREIGN KEY ")
          .append(names(key.columns()))
          .append(" REFERENCES ")
          .append(name(key.target()))
          .append(' ')
          .append(names(key.targetColumns()))
          .append('\n');
    }
    return text.append('\n').toString();
  }

  static String name(TableName table) {
    String schema = table.schema() == null ? "" : name(table.schema()) + ".";
    return name(table.source()) + "." + schema + name(table.table());
  }

  private static String names(List<String> columns) {
    return columns.stream().map(CatalogText::name).collect(Collectors.joining(", ", "(", ")"));
  }

  /** The name as SQL writes it, but for the characters that could end a line or the block. */
  static String name(String name) {
    String written = name.replace("\"", "\"\"").replace("<", "\\u003c");
    return "\"" + written.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", " ") + "\"";
  }

  /** The text as JSON writes it. */
  static String quote(String text) {
    return "\"" + escape(text) + "\"";
  }

  private static String escape(String text) {
    return new String(JsonStringEncoder.getInstance().quoteAsString(text)).replace("<", "\\u003c");
  }
}
