package io.sally.engine.planner;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.sql2rel.RelFieldTrimmer;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.apache.calcite.util.mapping.Mapping;
import org.apache.calcite.util.mapping.MappingType;
import org.apache.calcite.util.mapping.Mappings;

/**
 * Has each source give the columns that the rest of the plan needs and no others. Confined to the
 * planning of one statement; public, since Calcite finds the method below by reflection.
 */
public final class NarrowSources extends RelFieldTrimmer {
  private final SourcePlanner sources;

  NarrowSources(SourcePlanner sources, RelBuilder builder) {
    super(null, builder);
    this.sources = sources;
  }

  /** Called for each query of a source; at least one column remains. */
  public TrimResult trimFields(
      SourceQuery query, ImmutableBitSet fieldsUsed, Set<RelDataTypeField> extraFields) {
    int width = query.getRowType().getFieldCount();
    ImmutableBitSet wanted =
        (fieldsUsed.isEmpty() ? ImmutableBitSet.of(0) : fieldsUsed)
            .union(
                ImmutableBitSet.of(extraFields.stream().map(RelDataTypeField::getIndex).toList()));
    if (wanted.cardinality() == width) {
      return result(query, Mappings.createIdentity(width));
    }
    List<Integer> fields = new ArrayList<>(wanted.asList());
    RelNode narrow = sources.narrow(query, fields);
    if (narrow == query) {
      return result(query, Mappings.createIdentity(width));
    }
    Mapping mapping = Mappings.create(MappingType.INVERSE_SURJECTION, width, fields.size());
    for (int i = 0; i < fields.size(); i++) {
      mapping.set(fields.get(i), i);
    }
    return result(narrow, mapping);
  }
}
