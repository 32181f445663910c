package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * A schema inside of a source has a name of two parts, {@code source.schema}, in all that tells of
 * tables; and who quotes what was told writes it as one: {@code "source.schema"."table"}.
 * Stateless.
 */
final class SchemaLabels {
  private SchemaLabels() {}

  /** Splits them in the names of columns, in place: {@code "source.schema"."table"."column"}. */
  static void splitInColumns(SqlNode query, Collection<String> sources) {
    query.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            // A shorter one begins with an alias, which may be spelled so.
            if (name.names.size() > 2) {
              split(name, sources);
            }
            return null;
          }
        });
  }

  /** Splits it in the name of a table or a column, in place, where it begins with one. */
  static void split(SqlIdentifier name, Collection<String> sources) {
    String first = name.names.get(0);
    int dot = first.indexOf('.');
    if (name.names.size() < 2
        || dot < 0
        || !name.isComponentQuoted(0)
        || sources.stream().noneMatch(first.substring(0, dot)::equalsIgnoreCase)) {
      return;
    }
    List<String> names =
        new ArrayList<>(List.of(first.substring(0, dot), first.substring(dot + 1)));
    List<SqlParserPos> positions = new ArrayList<>();
    positions.add(name.getComponentParserPosition(0));
    positions.add(name.getComponentParserPosition(0));
    for (int i = 1; i < name.names.size(); i++) {
      names.add(name.names.get(i));
      positions.add(name.getComponentParserPosition(i));
    }
    name.setNames(names, positions);
  }
}
