package io.sally.engine.planner;

import io.sally.engine.source.SqlSource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/**
 * One SELECT of a source while it is put together. Filled by {@link SourceSelects} alone and left
 * alone afterwards: a step of the plan works on a {@link #copy}.
 *
 * <p>Places that are known only at the end are marked: a table's alias, so that the aliases of the
 * finished text count from 1; a bound value, so that the values can be listed in the text's order;
 * the limit that an execution sets; a condition on keys that are known when the query runs.
 */
final class SourceSelect {
  static final char VALUE = '\u0001';
  static final char ALIAS = '\u0002';
  static final char LIMIT = '\u0003';
  static final char KEYS = '\u0004';

  /** PostgreSQL cuts names at 63 bytes, MySQL refuses more than 64 characters. */
  private static final int LONGEST_NAME = 60;

  private static final Pattern PLAIN_COLUMN =
      Pattern.compile("[\"`]?" + ALIAS + "\\d+" + ALIAS + "[\"`]?\\.(\"[^\"]*\"|`[^`]*`)");

  /**
   * One column of the result.
   *
   * @param sql its expression
   * @param constant whether it depends on no row
   * @param same an expression with the same values, if in a narrower type of integers
   * @param safe whether computing it of any row tells nothing of that row, as an error would
   * @param summed the type of what it adds up if it is a sum, else null
   */
  record Item(
      String sql,
      RelDataType type,
      boolean constant,
      String same,
      boolean safe,
      @Nullable RelDataType summed) {
    Item(String sql, RelDataType type, boolean constant, boolean safe) {
      this(sql, type, constant, sql, safe);
    }

    Item(String sql, RelDataType type, boolean constant, String same, boolean safe) {
      this(sql, type, constant, same, safe, null);
    }

    /** Whether it is a column of a table or sub-query and nothing more. */
    boolean plain() {
      return PLAIN_COLUMN.matcher(sql).matches();
    }

    /** Whether its values are those of a column of a table or sub-query. */
    boolean sameAsColumn() {
      return PLAIN_COLUMN.matcher(same).matches();
    }
  }

  final SqlSource source;
  String from;

  /** Whether {@link #from} joins several tables. */
  boolean joined;

  /**
   * Whether a policy hides rows of one of its tables. A database computes conditions in the order
   * that it likes: one that can fail would tell by its error of rows that the policy hides.
   */
  boolean guarded;

  List<String> where = new ArrayList<>();
  List<Item> items = new ArrayList<>();
  List<String> groupBy = new ArrayList<>();
  boolean grouped;
  List<String> having = new ArrayList<>();
  boolean windowed;
  List<String> orderBy = new ArrayList<>();
  String offset = "";
  String fetch = "";

  /** A set operation, which stands for everything else but {@link #items}. */
  @Nullable String combined;

  SourceSelect(SqlSource source, String from) {
    this.source = source;
    this.from = from;
  }

  SourceSelect copy() {
    SourceSelect copy = new SourceSelect(source, from);
    copy.joined = joined;
    copy.guarded = guarded;
    copy.where = new ArrayList<>(where);
    copy.items = new ArrayList<>(items);
    copy.groupBy = new ArrayList<>(groupBy);
    copy.grouped = grouped;
    copy.having = new ArrayList<>(having);
    copy.windowed = windowed;
    copy.orderBy = new ArrayList<>(orderBy);
    copy.offset = offset;
    copy.fetch = fetch;
    copy.combined = combined;
    return copy;
  }

  boolean limited() {
    return !offset.isEmpty() || !fetch.isEmpty();
  }

  /** Whether it has no more than tables, conditions and expressions. */
  boolean flat() {
    return !grouped && !windowed && !limited() && combined == null;
  }

  /** Whether it gives each row of one table. */
  boolean givesAllRows() {
    return flat() && !joined && where.isEmpty();
  }

  /** The text, with its marks, its columns named as given. */
  String sql(List<String> names) {
    StringBuilder sql = new StringBuilder();
    if (combined != null) {
      return combined;
    }
    sql.append("SELECT ");
    for (int i = 0; i < items.size(); i++) {
      sql.append(i == 0 ? "" : ", ")
          .append(items.get(i).sql())
          .append(" AS ")
          .append(quote(names.get(i)));
    }
    if (items.isEmpty()) {
      sql.append("1");
    }
    sql.append(from.isEmpty() ? source.pushDown().fromNothing() : " FROM " + from);
    clause(sql, " WHERE ", " AND ", where);
    clause(sql, " GROUP BY ", ", ", groupBy);
    clause(sql, " HAVING ", " AND ", having);
    clause(sql, " ORDER BY ", ", ", orderBy);
    if (limited()) {
      sql.append(source.pushDown().page(offset, fetch));
    }
    return sql.toString();
  }

  private static void clause(StringBuilder sql, String word, String between, List<String> parts) {
    if (!parts.isEmpty()) {
      sql.append(word).append(String.join(between, parts));
    }
  }

  String quote(String name) {
    return source.dialect().quoteIdentifier(name);
  }

  /** Names that every database tells apart and none cuts short. */
  static List<String> names(List<String> wanted) {
    List<String> names = new ArrayList<>();
    Set<String> taken = new HashSet<>();
    for (String name : wanted) {
      String candidate =
          name.isBlank() || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME
              ? "c" + names.size()
              : name;
      for (int i = 0; !taken.add(candidate.toLowerCase(Locale.ROOT)); i++) {
        candidate = candidate + "_" + i;
      }
      names.add(candidate);
    }
    return names;
  }
}
