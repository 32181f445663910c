package io.sally.engine.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.JaninoRelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.schema.SchemaPlus;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.Frameworks;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The answers are those of the classes that Calcite writes. */
class MetadataHandlersTest {
  private static final List<BiFunction<RelMetadataQuery, RelNode, Object>> QUESTIONS =
      List.of(
          (query, plan) -> query.getRowCount(plan),
          (query, plan) -> query.getMaxRowCount(plan),
          (query, plan) -> query.getMinRowCount(plan),
          (query, plan) -> query.getUniqueKeys(plan),
          (query, plan) -> query.getUniqueKeys(plan, true),
          (query, plan) -> query.areColumnsUnique(plan, ImmutableBitSet.of(0)),
          (query, plan) -> query.areColumnsUnique(plan, ImmutableBitSet.of(0, 1), true),
          (query, plan) -> query.areRowsUnique(plan),
          (query, plan) -> query.getPulledUpPredicates(plan),
          (query, plan) -> query.getAllPredicates(plan),
          (query, plan) -> query.getColumnOrigins(plan, 0),
          (query, plan) -> query.collations(plan),
          (query, plan) -> query.getDistinctRowCount(plan, ImmutableBitSet.of(0), null),
          (query, plan) -> query.getPopulationSize(plan, ImmutableBitSet.of(1)),
          (query, plan) -> query.getSelectivity(plan, null),
          (query, plan) -> query.getPercentageOriginalRows(plan),
          (query, plan) -> query.getAverageColumnSizes(plan),
          (query, plan) -> query.getCumulativeCost(plan),
          (query, plan) -> query.getNodeTypes(plan),
          (query, plan) -> query.getTableReferences(plan),
          (query, plan) -> query.isVisibleInExplain(plan, null));

  static Stream<RelMetadataProvider> providers() {
    return Stream.of(DefaultRelMetadataProvider.INSTANCE, RowEstimates.PROVIDER);
  }

  @ParameterizedTest
  @MethodSource("providers")
  void answersAsCalcitesOwn(RelMetadataProvider provider) {
    MetadataHandlers handlers = new MetadataHandlers(provider);
    for (RelNode plan : plans()) {
      assertThat(answers(plan, new RelMetadataQuery(handlers)))
          .as(RelOptUtil.toString(plan))
          .isEqualTo(answers(plan, new RelMetadataQuery(JaninoRelMetadataProvider.of(provider))));
    }
  }

  /** Of the plan and all that it is made of, asked twice. */
  private static List<Object> answers(RelNode plan, RelMetadataQuery query) {
    List<Object> answers = new ArrayList<>();
    List<RelNode> left = new ArrayList<>(List.of(plan));
    while (!left.isEmpty()) {
      RelNode next = left.remove(0);
      left.addAll(next.getInputs());
      for (int i = 0; i < 2; i++) {
        for (BiFunction<RelMetadataQuery, RelNode, Object> question : QUESTIONS) {
          answers.add(Objects.toString(question.apply(query, next)));
        }
      }
    }
    return answers;
  }

  private static List<RelNode> plans() {
    SchemaPlus root = Frameworks.createRootSchema(true);
    RelBuilder builder =
        RelBuilder.create(Frameworks.newConfigBuilder().defaultSchema(root).build());
    builder.values(new String[] {"id", "name"}, 1, "one", 2, "two", 3, "three");
    RelNode values = builder.build();
    RelNode filtered =
        builder
            .push(values)
            .filter(
                builder.call(
                    SqlStdOperatorTable.GREATER_THAN, builder.field("id"), builder.literal(1)))
            .build();
    RelNode joined =
        builder
            .push(filtered)
            .push(values)
            .join(
                JoinRelType.LEFT,
                builder.equals(builder.field(2, 0, "id"), builder.field(2, 1, "id")))
            .build();
    RelNode grouped =
        builder
            .push(joined)
            .aggregate(builder.groupKey(0), builder.count(false, "n", builder.field(1)))
            .sortLimit(0, 2, builder.desc(builder.field(1)))
            .build();
    RelNode united =
        builder
            .push(filtered)
            .push(values)
            .union(true, 2)
            .project(
                builder.call(SqlStdOperatorTable.PLUS, builder.field(0), builder.literal(1)),
                builder.field(1))
            .distinct()
            .build();
    RelNode chosen =
        builder
            .push(united)
            .push(grouped)
            .semiJoin(builder.equals(builder.field(2, 0, 0), builder.field(2, 1, 0)))
            .build();
    return List.of(values, filtered, joined, grouped, united, chosen);
  }
}
