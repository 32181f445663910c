package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.util.List;
import java.util.Set;
import liquibase.CatalogAndSchema;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.snapshot.DatabaseSnapshot;
import liquibase.snapshot.SnapshotControl;
import liquibase.snapshot.SnapshotGeneratorFactory;
import liquibase.structure.DatabaseObject;
import liquibase.structure.core.Column;
import liquibase.structure.core.ForeignKey;
import liquibase.structure.core.PrimaryKey;
import liquibase.structure.core.Table;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Liquibase, which does not know Sally and asks as the standard says. */
@Timeout(300)
class LiquibaseIT {
  @ParameterizedTest
  @EnumSource
  void takesASnapshot(Database database) throws Exception {
    try (Connection connection = database.connect()) {
      liquibase.database.Database liquibase =
          DatabaseFactory.getInstance()
              .findCorrectDatabaseImplementation(new JdbcConnection(connection));
      liquibase.setDefaultSchemaName(database.schema());
      DatabaseSnapshot snapshot =
          SnapshotGeneratorFactory.getInstance()
              .createSnapshot(
                  new CatalogAndSchema(null, database.schema()),
                  liquibase,
                  new SnapshotControl(liquibase));

      assertThat(names(snapshot, Table.class))
          .contains("inventory", "shipments", "sites", "studies", "tasks", "vendors");
      Table sites =
          snapshot.get(Table.class).stream()
              .filter(table -> table.getName().equals("sites"))
              .findFirst()
              .orElseThrow();
      assertThat(sites.getColumns())
          .extracting(Column::getName)
          .startsWith("site_id", "study_id", "site_number", "name");
      PrimaryKey key = sites.getPrimaryKey();
      assertThat(key.getColumnNames()).isEqualTo("site_id");
      Set<ForeignKey> references = snapshot.get(ForeignKey.class);
      assertThat(references)
          .anySatisfy(
              reference -> {
                assertThat(reference.getForeignKeyTable().getName()).isEqualTo("shipments");
                assertThat(reference.getPrimaryKeyTable().getName()).isEqualTo("vendors");
              });
    }
  }

  private static List<String> names(
      DatabaseSnapshot snapshot, Class<? extends DatabaseObject> kind) {
    return snapshot.get(kind).stream().map(DatabaseObject::getName).toList();
  }
}
