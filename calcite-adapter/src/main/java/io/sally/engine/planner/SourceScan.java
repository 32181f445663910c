package io.sally.engine.planner;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.DataContext;
import org.apache.calcite.linq4j.AbstractEnumerable;
import org.apache.calcite.linq4j.Enumerable;
import org.apache.calcite.linq4j.Enumerator;
import org.apache.calcite.rel.type.RelDataType;
import org.jspecify.annotations.Nullable;

/** Brings the rows of a source's query into generated code. Immutable; thread-safe. */
public final class SourceScan {
  private final SourceText text;
  private final Operator operator;
  private final List<UnaryOperator<@Nullable Object>> readers;

  SourceScan(SourceText text, Operator operator) {
    this.text = text;
    this.operator = operator;
    this.readers = new ArrayList<>();
    for (int i = 0; i < text.types().size(); i++) {
      readers.add(reader(text.types().get(i), text.names().get(i)));
    }
  }

  private UnaryOperator<@Nullable Object> reader(RelDataType type, String column) {
    if (type.getComponentType() != null) {
      UnaryOperator<@Nullable Object> element = reader(InternalValues.leaf(type), column);
      return value ->
          value instanceof List<?> values
              ? InternalValues.elements(values, element)
              : strayOr(value, type, column, UnaryOperator.identity());
    }
    UnaryOperator<@Nullable Object> conversion = InternalValues.fromJdbc(type);
    return switch (type.getSqlTypeName()) {
      case CHAR, VARCHAR, UUID, ANY, OTHER, NULL -> conversion;
      default -> value -> strayOr(value, type, column, conversion);
    };
  }

  private @Nullable Object strayOr(
      @Nullable Object value,
      RelDataType type,
      String column,
      UnaryOperator<@Nullable Object> conversion) {
    return StrayValue.or(conversion, value, text.source().name(), column, type);
  }

  SourceText text() {
    return text;
  }

  Operator operator() {
    return operator;
  }

  List<UnaryOperator<@Nullable Object>> readers() {
    return readers;
  }

  /** Called by generated code. A row of one column is that column's value. */
  public Enumerable<@Nullable Object> rows(DataContext context) {
    SourceRun run = SourceRun.of(context);
    return new AbstractEnumerable<>() {
      @Override
      public Enumerator<@Nullable Object> enumerator() {
        try {
          return new Rows(run.open(SourceScan.this), run);
        } catch (SQLException e) {
          throw new RunFailure(e);
        }
      }
    };
  }

  private record Rows(RowStream stream, SourceRun run) implements Enumerator<@Nullable Object> {
    @Override
    public boolean moveNext() {
      try {
        return stream.next();
      } catch (SQLException e) {
        throw new RunFailure(e);
      }
    }

    @Override
    public @Nullable Object current() {
      return stream.row();
    }

    @Override
    public void reset() {
      throw new UnsupportedOperationException("a source's rows are read once");
    }

    @Override
    public void close() {
      try {
        run.close(stream);
      } catch (SQLException e) {
        throw new RunFailure(e);
      }
    }
  }
}
