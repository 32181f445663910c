package io.sally.engine.planner;

import io.sally.engine.catalog.Column;
import io.sally.engine.catalog.Table;
import io.sally.engine.planner.SourceSelect.Item;
import io.sally.engine.source.PushDown;
import io.sally.engine.source.SqlSource;
import io.sally.engine.source.SqlTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Adds the steps of a plan, one by one, to the SELECT of a source. An empty answer means that the
 * source does not do the step as Sally does. Confined to the planning of one statement.
 */
final class SourceSelects {
  private final RexBuilder rexBuilder;
  private final RunValues values = new RunValues();
  private int aliases;

  SourceSelects(RexBuilder rexBuilder) {
    this.rexBuilder = rexBuilder;
  }

  RunValues values() {
    return values;
  }

  private SourceExpressions expressions(SourceSelect select) {
    return expressions(select.source, select.items);
  }

  private SourceExpressions expressions(SqlSource source, List<Item> items) {
    return new SourceExpressions(source.pushDown(), items, values, rexBuilder);
  }

  private String alias() {
    return SourceSelect.ALIAS + String.valueOf(++aliases) + SourceSelect.ALIAS;
  }

  SourceSelect scan(SqlTable table) {
    Table definition = table.definition();
    String alias = alias();
    SourceSelect select = new SourceSelect(table.source(), "");
    List<String> path = table.source().path(definition.name()).stream().map(select::quote).toList();
    select.from = table.source().pushDown().named(String.join(".", path), select.quote(alias));
    RelDataTypeFactory types = rexBuilder.getTypeFactory();
    List<RelDataTypeField> fields = table.getRowType(types).getFieldList();
    for (Column column : definition.columns()) {
      SqlIdentifier identifier =
          new SqlIdentifier(List.of(alias, column.name()), SqlParserPos.ZERO);
      SqlNode read = table.source().read(definition, column, identifier);
      String sql =
          read == identifier
              ? select.quote(alias) + "." + select.quote(column.name())
              : read.toSqlString(
                      config ->
                          config
                              .withDialect(table.source().dialect())
                              .withQuoteAllIdentifiers(true)
                              .withAlwaysUseParentheses(false)
                              .withClauseStartsLine(false)
                              .withLineFolding(
                                  org.apache.calcite.sql.SqlWriterConfig.LineFolding.WIDE)
                              .withIndentation(0))
                  .getSql();
      RelDataType type = fields.get(select.items.size()).getType();
      String value =
          type.getSqlTypeName() == SqlTypeName.CHAR
              ? table.source().pushDown().fixedText(sql)
              : sql;
      select.items.add(new Item(value, type, false, true));
    }
    return select;
  }

  /** A table of which only the rows that meet the condition are there. */
  Optional<SourceSelect> guarded(SourceSelect scan, RelDataType rowType, RexNode condition) {
    return filter(scan, rowType, RelOptUtil.conjunctions(condition))
        .map(
            select -> {
              select.guarded = true;
              return select;
            });
  }

  /** The same rows as a sub-query of a new SELECT. */
  SourceSelect wrap(SourceSelect inner, RelDataType rowType) {
    String alias = alias();
    List<String> names = SourceSelect.names(rowType.getFieldNames());
    SourceSelect outer = new SourceSelect(inner.source, "");
    outer.guarded = inner.guarded;
    SourceSelect body = inner.copy();
    if (!body.limited()) {
      body.orderBy.clear();
    }
    outer.from = inner.source.pushDown().named("(" + body.sql(names) + ")", outer.quote(alias));
    for (int i = 0; i < inner.items.size(); i++) {
      outer.items.add(
          new Item(
              outer.quote(alias) + "." + outer.quote(names.get(i)),
              inner.items.get(i).type(),
              false,
              inner.items.get(i).safe()));
    }
    return outer;
  }

  Optional<SourceSelect> filter(SourceSelect input, RelDataType rowType, List<RexNode> conditions) {
    SourceSelect base =
        input.windowed || input.limited() || input.combined != null
            ? wrap(input, rowType)
            : input.copy();
    List<String> clause = base.grouped ? base.having : base.where;
    for (RexNode condition : conditions) {
      Optional<String> sql = expressions(base).write(condition);
      if (sql.isEmpty() || (base.guarded && !LeakProof.is(condition, base.items))) {
        return Optional.empty();
      }
      clause.add(sql.get());
    }
    return Optional.of(base);
  }

  Optional<SourceSelect> project(
      SourceSelect input, RelDataType rowType, List<RexNode> projects, RelDataType resultType) {
    boolean windows = RexOver.containsOver(projects, null);
    boolean heavy =
        input.items.stream().mapToInt(item -> item.sql().length()).max().orElse(0) > 2000;
    boolean apart =
        input.combined != null
            || (windows && (input.windowed || input.grouped || input.limited()))
            || (heavy && !input.windowed && input.flat());
    SourceSelect base = apart ? wrap(input, rowType) : input.copy();
    List<Item> items = new ArrayList<>();
    for (int i = 0; i < projects.size(); i++) {
      RexNode project = projects.get(i);
      Optional<String> sql = expressions(base).write(project);
      if (sql.isEmpty()
          || (!(project instanceof RexInputRef)
              && !base.source.pushDown().selects(project.getType()))) {
        return Optional.empty();
      }
      boolean constant =
          project instanceof RexInputRef ref
              ? base.items.get(ref.getIndex()).constant()
              : !SourceExpressions.dependsOnRows(project);
      RelDataType type = resultType.getFieldList().get(i).getType();
      boolean safe = LeakProof.is(project, base.items);
      items.add(new Item(sql.get(), type, constant, same(base, project, sql.get()), safe));
    }
    base.items = items;
    base.windowed |= windows;
    return Optional.of(base);
  }

  private static String same(SourceSelect select, RexNode project, String sql) {
    RexNode value =
        project instanceof RexCall cast
                && cast.getKind() == SqlKind.CAST
                && isInteger(cast.getType())
                && isInteger(cast.getOperands().get(0).getType())
            ? cast.getOperands().get(0)
            : project;
    return value instanceof RexInputRef ref ? select.items.get(ref.getIndex()).same() : sql;
  }

  private static boolean isInteger(RelDataType type) {
    return SqlTypeName.INT_TYPES.contains(type.getSqlTypeName());
  }

  Optional<SourceSelect> sort(SourceSelect input, RelDataType rowType, Sort sort) {
    boolean keys = !sort.getCollation().getFieldCollations().isEmpty();
    boolean constant =
        sort.getCollation().getFieldCollations().stream()
            .anyMatch(key -> input.items.get(key.getFieldIndex()).constant());
    SourceSelect base =
        input.combined != null || input.limited() || constant ? wrap(input, rowType) : input.copy();
    if (keys) {
      base.orderBy.clear();
    }
    for (RelFieldCollation key : sort.getCollation().getFieldCollations()) {
      Item item = base.items.get(key.getFieldIndex());
      Optional<String> sql =
          base.source
              .pushDown()
              .orderKey(
                  item.type(),
                  item.sql(),
                  key.getDirection(),
                  SourceExpressions.nulls(key.nullDirection, key.getDirection()));
      if (sql.isEmpty()) {
        return Optional.empty();
      }
      base.orderBy.add(sql.get());
    }
    Optional<String> offset = count(sort.offset);
    Optional<String> fetch = count(sort.fetch);
    if (offset.isEmpty() || fetch.isEmpty()) {
      return Optional.empty();
    }
    base.offset = offset.get();
    base.fetch = fetch.get();
    return Optional.of(base);
  }

  private Optional<String> count(@Nullable RexNode count) {
    if (count == null) {
      return Optional.of("");
    } else if (count instanceof RexLiteral literal) {
      return Optional.of(
          Objects.requireNonNull(literal.getValueAs(java.math.BigDecimal.class)).toPlainString());
    }
    return count instanceof RexDynamicParam ? Optional.of(values.mark(count)) : Optional.empty();
  }

  Optional<SourceSelect> aggregate(SourceSelect input, Aggregate aggregate) {
    RelDataType rowType = aggregate.getInput().getRowType();
    PushDown pushDown = input.source.pushDown();
    boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
    if (!simple && !pushDown.groupingSets()) {
      return Optional.empty();
    }
    boolean computedKeys =
        aggregate.getGroupSet().asList().stream().anyMatch(key -> !input.items.get(key).plain());
    SourceSelect base = !input.flat() || computedKeys ? wrap(input, rowType) : input.copy();
    base.orderBy.clear();
    List<Item> items = new ArrayList<>();
    List<PushDown.GroupKey> keys = new ArrayList<>();
    for (int key : aggregate.getGroupSet()) {
      Item item = base.items.get(key);
      Optional<PushDown.GroupKey> groupKey = pushDown.groupKey(item.type(), item.sql());
      if (groupKey.isEmpty()) {
        return Optional.empty();
      }
      keys.add(groupKey.get());
      items.add(
          new Item(groupKey.get().shown(), field(aggregate, items.size()), false, item.safe()));
    }
    for (AggregateCall call : aggregate.getAggCallList()) {
      Optional<String> sql = aggregateCall(base, aggregate, call, keys);
      if (sql.isEmpty()) {
        return Optional.empty();
      }
      RelDataType summed =
          call.getAggregation().getKind() == SqlKind.SUM
              ? base.items.get(call.getArgList().get(0)).type()
              : null;
      items.add(
          new Item(sql.get(), field(aggregate, items.size()), false, sql.get(), true, summed));
    }
    base.grouped = true;
    base.groupBy =
        simple ? keys.stream().map(PushDown.GroupKey::grouped).toList() : sets(aggregate, keys);
    base.items = items;
    if (items.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(base);
  }

  private static RelDataType field(Aggregate aggregate, int index) {
    return aggregate.getRowType().getFieldList().get(index).getType();
  }

  private static List<String> sets(Aggregate aggregate, List<PushDown.GroupKey> keys) {
    List<String> sets = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      List<String> grouped =
          set.asList().stream()
              .map(key -> keys.get(aggregate.getGroupSet().indexOf(key)).grouped())
              .toList();
      sets.add("(" + String.join(", ", grouped) + ")");
    }
    return List.of("GROUPING SETS (" + String.join(", ", sets) + ")");
  }

  private Optional<String> aggregateCall(
      SourceSelect base, Aggregate aggregate, AggregateCall call, List<PushDown.GroupKey> keys) {
    if (call.getAggregation().getKind() == SqlKind.GROUPING) {
      List<String> grouped =
          call.getArgList().stream()
              .map(argument -> keys.get(aggregate.getGroupSet().indexOf(argument)).grouped())
              .toList();
      return base.source.pushDown().groupingSets()
          ? Optional.of("GROUPING(" + String.join(", ", grouped) + ")")
          : Optional.empty();
    }
    if (call.getAggregation().getKind() == SqlKind.LITERAL_AGG) {
      return aggregate.getGroupCount() == 0
          ? Optional.empty()
          : expressions(base).write(call.rexList.get(0));
    }
    if (!call.rexList.isEmpty()) {
      return Optional.empty();
    }
    List<String> operands = new ArrayList<>();
    List<RelDataType> types = new ArrayList<>();
    for (int argument : call.getArgList()) {
      operands.add(base.items.get(argument).sql());
      types.add(base.items.get(argument).type());
    }
    if (call.filterArg >= 0) {
      operands.add(base.items.get(call.filterArg).sql());
    }
    return base.source.pushDown().aggregate(call, types, operands);
  }

  Optional<SourceSelect> join(
      SourceSelect left,
      RelDataType leftType,
      SourceSelect right,
      RelDataType rightType,
      JoinRelType type,
      RexNode condition) {
    if (!left.source.pushDown().joins(type, condition)) {
      return Optional.empty();
    }
    boolean rightNulls = type == JoinRelType.LEFT || type == JoinRelType.FULL;
    boolean leftNulls = type == JoinRelType.RIGHT || type == JoinRelType.FULL;
    SourceSelect outer = side(left, leftType, leftNulls, type == JoinRelType.FULL);
    SourceSelect inner = side(right, rightType, rightNulls, type == JoinRelType.FULL);
    List<Item> both = new ArrayList<>(outer.items);
    both.addAll(inner.items);
    List<String> on = new ArrayList<>();
    if (!condition.isAlwaysTrue()) {
      Optional<String> sql = expressions(left.source, both).write(condition);
      boolean guarded = outer.guarded || inner.guarded;
      if (sql.isEmpty() || (guarded && !LeakProof.is(condition, both))) {
        return Optional.empty();
      }
      on.add(sql.get());
    }
    SourceSelect joined = outer.copy();
    joined.guarded = outer.guarded || inner.guarded;
    switch (type) {
      case SEMI, ANTI -> {
        inner.where.addAll(on);
        inner.items = new ArrayList<>();
        joined.where.add(
            (type == JoinRelType.SEMI ? "EXISTS (" : "NOT EXISTS (") + inner.sql(List.of()) + ")");
        return Optional.of(joined);
      }
      case INNER -> joined.where.addAll(inner.where);
      case LEFT -> on.addAll(inner.where);
      case RIGHT -> {
        on.addAll(outer.where);
        joined.where = new ArrayList<>(inner.where);
      }
      default -> {}
    }
    joined.items = both;
    joined.joined = true;
    String operand = inner.joined ? "(" + inner.from + ")" : inner.from;
    joined.from =
        on.isEmpty() && type == JoinRelType.INNER
            ? outer.from + " CROSS JOIN " + operand
            : outer.from
                + " "
                + type.name()
                + " JOIN "
                + operand
                + " ON "
                + (on.isEmpty() ? "1 = 1" : String.join(" AND ", on));
    return Optional.of(joined);
  }

  /** An operand of a join: an expression on a side that may be missing would not turn to null. */
  private SourceSelect side(
      SourceSelect select, RelDataType rowType, boolean mayBeMissing, boolean full) {
    boolean apart =
        !select.flat()
            || select.from.isEmpty()
            || (mayBeMissing && !select.items.stream().allMatch(Item::plain))
            || (full && !select.where.isEmpty());
    SourceSelect side = apart ? wrap(select, rowType) : select.copy();
    side.orderBy.clear();
    return side;
  }

  Optional<SourceSelect> combine(
      List<SourceSelect> inputs, List<RelDataType> types, SetOp operation) {
    SourceSelect first = inputs.get(0);
    if (!first.source.pushDown().combines(operation)) {
      return Optional.empty();
    }
    List<RelDataTypeField> fields = operation.getRowType().getFieldList();
    List<String> names = SourceSelect.names(operation.getRowType().getFieldNames());
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      for (RelDataTypeField field : fields) {
        RelDataType type = types.get(i).getFieldList().get(field.getIndex()).getType();
        if (!alike(type, field.getType())) {
          return Optional.empty();
        }
      }
      SourceSelect input = inputs.get(i);
      SourceSelect part =
          input.limited() || input.combined != null ? wrap(input, types.get(i)) : input.copy();
      part.orderBy.clear();
      parts.add(part.sql(names));
    }
    SourceSelect result = new SourceSelect(first.source, "");
    String word = operation.kind.sql + (operation.all ? " ALL" : "");
    result.combined = String.join(" " + word + " ", parts);
    result.guarded = inputs.stream().anyMatch(input -> input.guarded);
    for (int i = 0; i < fields.size(); i++) {
      int field = i;
      boolean safe = inputs.stream().allMatch(input -> input.items.get(field).safe());
      result.items.add(new Item(result.quote(names.get(i)), fields.get(i).getType(), false, safe));
    }
    return Optional.of(result);
  }

  private static boolean alike(RelDataType one, RelDataType other) {
    if (SqlTypeName.CHAR_TYPES.contains(one.getSqlTypeName())) {
      return SqlTypeName.CHAR_TYPES.contains(other.getSqlTypeName());
    }
    return one.getSqlTypeName() == other.getSqlTypeName()
        && (one.getSqlTypeName() != SqlTypeName.DECIMAL || one.getScale() == other.getScale());
  }

  /** A few constant rows, as SELECTs without tables. */
  Optional<SourceSelect> values(SqlSource source, Values rows) {
    List<SourceSelect> selects = new ArrayList<>();
    for (List<RexLiteral> row : rows.getTuples()) {
      SourceSelect select = new SourceSelect(source, "");
      for (RexLiteral literal : row) {
        Optional<String> sql = source.pushDown().literal(literal);
        if (sql.isEmpty() || !source.pushDown().selects(literal.getType())) {
          return Optional.empty();
        }
        select.items.add(
            new Item(
                sql.get(),
                rows.getRowType().getFieldList().get(select.items.size()).getType(),
                true,
                true));
      }
      selects.add(select);
    }
    if (selects.size() == 1) {
      return Optional.of(selects.get(0));
    } else if (selects.isEmpty() || rows.getRowType().getFieldCount() == 0) {
      return Optional.empty();
    }
    List<String> names = SourceSelect.names(rows.getRowType().getFieldNames());
    SourceSelect result = new SourceSelect(source, "");
    result.combined =
        String.join(" UNION ALL ", selects.stream().map(select -> select.sql(names)).toList());
    for (int i = 0; i < names.size(); i++) {
      result.items.add(
          new Item(
              result.quote(names.get(i)),
              rows.getRowType().getFieldList().get(i).getType(),
              false,
              true));
    }
    return Optional.of(result);
  }
}
