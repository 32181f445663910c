package io.sally.engine.planner;

import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.NlsString;
import org.jspecify.annotations.Nullable;

/**
 * The literals of a statement that a plan need not know: those that something with a column in it
 * is compared with, in WHERE and ON. No name, no type, no group and no limit hangs on them. To the
 * validator they stay what they are; the plan has parameters of their types in their place.
 * Confined to the planning of one statement.
 */
final class LiftedLiterals {
  /** For a statement that is planned as it is written. */
  static final LiftedLiterals NONE = new LiftedLiterals();

  private final IdentityHashMap<SqlLiteral, Integer> places = new IdentityHashMap<>();
  private final BitSet literals = new BitSet();
  private final Map<Long, Integer> byPosition = new HashMap<>();
  private List<LiteralText.Literal> texts = List.of();
  private int parameters;
  private boolean copied;

  private LiftedLiterals() {}

  /** Those of a statement that was parsed from the text. */
  static LiftedLiterals of(SqlNode statement, LiteralText text) {
    LiftedLiterals lifted = new LiftedLiterals();
    lifted.texts = text.literals();
    for (int i = 0; i < lifted.texts.size(); i++) {
      LiteralText.Literal literal = lifted.texts.get(i);
      lifted.byPosition.put(position(literal.line(), literal.column()), i);
    }
    statement.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlDynamicParam param) {
            lifted.parameters = Math.max(lifted.parameters, param.getIndex() + 1);
            return null;
          }
        });
    lifted.query(statement);
    return lifted;
  }

  /** Which of the text's literals they are. */
  BitSet literals() {
    return (BitSet) literals.clone();
  }

  /** How many {@code ?} the statement itself has. */
  int parameters() {
    return parameters;
  }

  boolean isEmpty() {
    return places.isEmpty();
  }

  /** Which of the text's literals this one is, or null where it is not lifted. */
  @Nullable Integer place(SqlNode node) {
    if (places.isEmpty() || !(node instanceof SqlLiteral literal)) {
      return null;
    }
    Integer place = places.get(literal);
    if (place == null) {
      Integer at = place(literal.getParserPosition());
      copied |= at != null && literals.get(at);
    }
    return place;
  }

  /**
   * Whether a plan that was made with parameters in these places knows none of their values: each
   * was met, and none as another object than the parser made.
   */
  boolean areUnknownTo(Set<Integer> parameters) {
    return !copied && literals.stream().boxed().collect(Collectors.toSet()).equals(parameters);
  }

  private @Nullable Integer place(SqlParserPos at) {
    return byPosition.get(position(at.getEndLineNum(), at.getEndColumnNum()));
  }

  private static long position(int line, int column) {
    return ((long) line << 32) + column;
  }

  // Queries: their FROM, WHERE and ON, and no other clause

  private void query(@Nullable SqlNode node) {
    if (node instanceof SqlSelect select) {
      from(select.getFrom());
      condition(select.getWhere());
    } else if (node instanceof SqlOrderBy ordered) {
      query(ordered.query);
    } else if (node instanceof SqlWith with) {
      with.withList.forEach(
          item -> {
            if (item instanceof SqlWithItem one) {
              query(one.query);
            }
          });
      query(with.body);
    } else if (node instanceof SqlBasicCall call && SqlKind.SET_QUERY.contains(call.getKind())) {
      call.getOperandList().forEach(this::query);
    }
  }

  private void from(@Nullable SqlNode node) {
    if (node instanceof SqlJoin join) {
      from(join.getLeft());
      from(join.getRight());
      condition(join.getCondition());
    } else if (node instanceof SqlBasicCall call && call.getKind() == SqlKind.AS) {
      from(call.operand(0));
    } else {
      query(node);
    }
  }

  private void condition(@Nullable SqlNode node) {
    if (!(node instanceof SqlBasicCall call)) {
      return;
    }
    switch (call.getKind()) {
      case AND, OR, NOT -> call.getOperandList().forEach(this::condition);
      case EXISTS -> query(call.operand(0));
      case IN, NOT_IN -> {
        if (!(call.operand(1) instanceof SqlNodeList)) {
          query(call.operand(1));
        }
      }
      case EQUALS,
          NOT_EQUALS,
          LESS_THAN,
          LESS_THAN_OR_EQUAL,
          GREATER_THAN,
          GREATER_THAN_OR_EQUAL -> {
        comparison(call.operand(0), call.operand(1));
        comparison(call.operand(1), call.operand(0));
      }
      case BETWEEN -> {
        if (call.operandCount() == 3) {
          comparison(call.operand(0), call.operand(1));
          comparison(call.operand(0), call.operand(2));
        }
      }
      default -> {
        // What else looks at literals may need to know them.
      }
    }
  }

  private void comparison(SqlNode compared, SqlNode with) {
    if (!(with instanceof SqlLiteral literal) || !hasColumn(compared)) {
      return;
    }
    Integer place = place(literal.getParserPosition());
    if (place != null && isThe(literal, texts.get(place))) {
      places.put(literal, place);
      literals.set(place);
    }
  }

  private static boolean hasColumn(SqlNode compared) {
    boolean[] found = new boolean[1];
    compared.accept(
        new SqlBasicVisitor<@Nullable Void>() {
          @Override
          public @Nullable Void visit(SqlIdentifier name) {
            found[0] = true;
            return null;
          }

          @Override
          public @Nullable Void visit(SqlCall call) {
            return call.isA(SqlKind.QUERY) ? null : super.visit(call);
          }
        });
    return found[0];
  }

  /** Whether the parser has seen the same value at this place. */
  private static boolean isThe(SqlLiteral literal, LiteralText.Literal text) {
    return switch (literal.getTypeName()) {
      case DECIMAL -> text.value().equals(literal.getValue());
      case CHAR ->
          literal.getValue() instanceof NlsString value
              && value.getCharset() == null
              && value.getValue().equals(text.value())
              && !value.getValue().isEmpty();
      case DATE, TIME, TIMESTAMP -> literal.equals(read(literal.getTypeName(), text));
      default -> false;
    };
  }

  /**
   * A text's literal of the type that the literal in its place was lifted as, or null where it
   * cannot be read as such.
   */
  static @Nullable SqlLiteral read(SqlTypeName type, LiteralText.Literal text) {
    return switch (type) {
      case DECIMAL -> SqlLiteral.createExactNumeric(text.written(), SqlParserPos.ZERO);
      case CHAR -> SqlLiteral.createCharString((String) text.value(), SqlParserPos.ZERO);
      default -> {
        try {
          yield DateTimeLiterals.read(
              type.getName(), ((String) text.value()).strip(), SqlParserPos.ZERO);
        } catch (Refusal none) {
          yield null;
        }
      }
    };
  }
}
