package io.sally.ask.offline;

import io.sally.ask.words.Sense;
import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.ForeignKey;
import io.sally.engine.catalog.Table;
import java.math.BigDecimal;
import java.util.List;

/** What a piece of a question may mean. */
sealed interface Meaning {
  /** A function word. */
  record Function(Sense sense, List<String> hints) implements Meaning {}

  /** The things that a table holds. */
  record OfTable(Table table) implements Meaning {}

  /** A property of the things of a table. */
  record OfColumn(Table table, Column column) implements Meaning {}

  /** A foreign key, named by what its columns say beside the table that it leads to. */
  record OfRole(Table table, ForeignKey key, Table target) implements Meaning {}

  /** A value that occurs in a column. */
  record OfValue(Table table, Column column, String value) implements Meaning {}

  /** A condition that the glossary calls so. */
  record OfDefinition(Definition definition) implements Meaning {}

  /** A word that the glossary explains in words alone. */
  record OfUntold(String term, String meaning) implements Meaning {}

  record OfNumber(BigDecimal value) implements Meaning {}

  record OfPeriod(Period period) implements Meaning {}

  record OfUnit(Unit unit) implements Meaning {}

  /** Text in quotes. */
  record OfText(String text) implements Meaning {}
}
