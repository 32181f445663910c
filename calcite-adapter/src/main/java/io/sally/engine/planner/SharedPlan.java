package io.sally.engine.planner;

import io.sally.engine.Execution;
import io.sally.engine.Parameter;
import io.sally.engine.Plan;
import io.sally.engine.ResultColumn;
import io.sally.engine.RowCursor;
import io.sally.engine.catalog.TableName;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The plan of all texts of one shape, which takes their literals as it takes parameters. Immutable;
 * thread-safe.
 */
public final class SharedPlan {
  private final PlannedQuery planned;
  private final QueryParser parser;
  private final RexBuilder rexBuilder = new SallyRexBuilder(new SallyTypeFactory());

  SharedPlan(PlannedQuery planned, QueryParser parser) {
    this.planned = planned;
    this.parser = parser;
  }

  /**
   * The plan for one of the texts; empty where one of its literals cannot take the place of the one
   * that was planned, as a date that is none or a number that is too large.
   */
  public Optional<Plan> bind(String sql, LiteralText text) {
    Optional<List<Object>> literals = LiftedParameters.values(planned.lifted(), text, rexBuilder);
    if (literals.isEmpty()) {
      return Optional.empty();
    }
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < literals.get().size(); i++) {
      Optional<Object> value = value(literals.get().get(i), planned.lifted().get(i).type());
      if (value.isEmpty()) {
        return Optional.empty();
      }
      values.add(value.get());
    }
    return Optional.of(new Bound(sql, parser, planned, List.copyOf(values)));
  }

  /** What is wrong with a value is told when its text is planned as it is written. */
  private static Optional<Object> value(Object literal, RelDataType type) {
    try {
      return Optional.ofNullable(InternalValues.parameter(literal, type, 1, ZoneOffset.UTC));
    } catch (SQLException none) {
      return Optional.empty();
    }
  }

  /** The plan with the literals of one text. */
  private record Bound(String text, QueryParser parser, PlannedQuery planned, List<Object> literals)
      implements Plan {
    @Override
    public String sql() {
      try {
        return parser.write(parser.parse(text));
      } catch (SQLException e) {
        throw new IllegalStateException("It is of the shape of one that was parsed.", e);
      }
    }

    @Override
    public List<ResultColumn> columns() {
      return planned.columns();
    }

    @Override
    public List<Parameter> parameters() {
      return planned.parameters();
    }

    @Override
    public SortedSet<TableName> tables() {
      return planned.tables();
    }

    @Override
    public double estimatedRows() {
      return planned.estimatedRows();
    }

    @Override
    public List<String> explain() {
      return planned.explain();
    }

    @Override
    public List<String> analyze(List<? extends @Nullable Object> parameters, Execution execution)
        throws SQLException {
      return planned.analyze(parameters, literals, execution);
    }

    @Override
    public RowCursor execute(List<? extends @Nullable Object> parameters, Execution execution)
        throws SQLException {
      return planned.execute(parameters, literals, execution);
    }
  }
}
