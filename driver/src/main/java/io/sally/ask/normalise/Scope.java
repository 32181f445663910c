package io.sally.ask.normalise;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.sf.jsqlparser.expression.Expression;
import org.jspecify.annotations.Nullable;

/** The names that an expression can use: those of its own FROM, then those around. Confined. */
final class Scope {
  /**
   * What stands in a FROM clause.
   *
   * @param columns the kinds of its columns by name, or null where they are not known
   * @param key the columns of its primary key, empty where there is none
   */
  record Relation(String alias, @Nullable Map<String, Kind> columns, List<String> key) {
    /** The column in the relation's own spelling. */
    Optional<Map.Entry<String, Kind>> column(String name) {
      return columns == null
          ? Optional.empty()
          : columns.entrySet().stream().filter(e -> e.getKey().equalsIgnoreCase(name)).findFirst();
    }
  }

  /** A column that was found. */
  record Found(Relation relation, String name, Kind kind) {}

  private final @Nullable Scope outer;
  private final List<Relation> relations = new ArrayList<>();
  private final Map<String, Map<String, Kind>> tables = new HashMap<>();
  private final Map<String, Expression> aliases = new HashMap<>();
  private final Set<Found> used = new LinkedHashSet<>();

  Scope(@Nullable Scope outer) {
    this.outer = outer;
  }

  void add(Relation relation) {
    relations.add(relation);
  }

  List<Relation> relations() {
    return relations;
  }

  /** A common table expression. */
  void define(String name, Map<String, Kind> columns) {
    tables.put(name.toLowerCase(Locale.ROOT), columns);
  }

  @Nullable Map<String, Kind> defined(String name) {
    Map<String, Kind> columns = tables.get(name.toLowerCase(Locale.ROOT));
    return columns != null || outer == null ? columns : outer.defined(name);
  }

  @Nullable Scope outer() {
    return outer;
  }

  /** The name of a select item. */
  void alias(String name, Expression expression) {
    aliases.put(name.toLowerCase(Locale.ROOT), expression);
  }

  @Nullable Expression alias(String name) {
    return aliases.get(name.toLowerCase(Locale.ROOT));
  }

  /** A column that stands outside of all aggregates. */
  void use(Found found) {
    if (relations.contains(found.relation())) {
      used.add(found);
    }
  }

  Set<Found> used() {
    return used;
  }

  void forgetUsed() {
    used.clear();
  }

  /** Whether all columns of all relations here are known. */
  boolean isKnown() {
    return relations.stream().allMatch(relation -> relation.columns() != null);
  }

  /** The column, if exactly one relation of the innermost scope that has it has it. */
  Optional<Found> find(@Nullable String qualifier, String name) {
    List<Found> found = new ArrayList<>();
    for (Relation relation : relations) {
      if (qualifier == null || qualifier.equalsIgnoreCase(relation.alias())) {
        relation
            .column(name)
            .ifPresent(c -> found.add(new Found(relation, c.getKey(), c.getValue())));
      }
    }
    if (found.isEmpty() && outer != null && isKnown()) {
      return outer.find(qualifier, name);
    }
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }

  /** The relation of this alias, here or around. */
  Optional<Relation> relation(String alias) {
    Optional<Relation> own =
        relations.stream().filter(r -> r.alias().equalsIgnoreCase(alias)).findFirst();
    return own.isPresent() || outer == null ? own : outer.relation(alias);
  }

  boolean has(String name) {
    return relations.stream().anyMatch(r -> r.column(name).isPresent())
        || (outer != null && outer.has(name));
  }
}
