package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.jooq.impl.DSL.count;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.name;
import static org.jooq.impl.DSL.orderBy;
import static org.jooq.impl.DSL.rowNumber;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.codegen.GenerationTool;
import org.jooq.impl.DSL;
import org.jooq.meta.jaxb.Configuration;
import org.jooq.meta.jaxb.Generate;
import org.jooq.meta.jaxb.Generator;
import org.jooq.meta.jaxb.Jdbc;
import org.jooq.meta.jaxb.Logging;
import org.jooq.meta.jaxb.Target;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** jOOQ: code from the metadata of JDBC, and queries. */
@Timeout(300)
class JooqIT {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void codeIsGeneratedCompilesAndQueries(Database database) throws Exception {
    Path classes = compiled(generated(database));
    try (URLClassLoader loader =
            new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader());
        Connection connection = database.connect()) {
      Class<?> type = loader.loadClass("generated.tables.Sites");
      Table<?> sites = (Table<?>) type.getField("SITES").get(null);
      Field<String> country = sites.field("country", String.class);
      Field<LocalDate> activatedOn = sites.field("activated_on", LocalDate.class);
      Field<Integer> id = sites.field("site_id", Integer.class);
      assertThat(sites.getPrimaryKey().getFields()).hasToString("[" + sites.field("site_id") + "]");
      assertThat(
              DSL.using(connection)
                  .select(id, activatedOn)
                  .from(sites)
                  .where(country.eq("Germany").and(activatedOn.ge(LocalDate.of(2024, 9, 1))))
                  .orderBy(id)
                  .limit(2)
                  .offset(1)
                  .fetch()
                  .formatCSV())
          .isEqualTo(
              """
              site_id,activated_on
              15,2024-09-12
              60,2024-10-16
              """);
    }
  }

  @Test
  void everyTypeHasItsJavaType() throws Exception {
    Path folder = generated(Database.POSTGRESQL);
    assertThat(Files.readString(folder.resolve("generated/tables/Readings.java")))
        .contains(
            "TableField<ReadingsRecord, Long> READING_ID",
            "TableField<ReadingsRecord, UUID> SENSOR",
            "TableField<ReadingsRecord, OffsetDateTime> TAKEN_AT",
            "TableField<ReadingsRecord, LocalDateTime> TAKEN_LOCAL",
            "TableField<ReadingsRecord, LocalTime> TAKEN_TIME",
            "TableField<ReadingsRecord, Double> CELSIUS",
            "TableField<ReadingsRecord, Float> HUMIDITY",
            "TableField<ReadingsRecord, BigDecimal> VOLTS",
            "TableField<ReadingsRecord, String[]> FLAGS",
            "TableField<ReadingsRecord, byte[]> RAW",
            "TableField<ReadingsRecord, String> NOTE",
            "Degrees; null while the sensor warms up");
  }

  @ParameterizedTest
  @EnumSource
  void metadataHasKeysAndIndexes(Database database) throws Exception {
    try (Connection connection = database.connect()) {
      Table<?> sites =
          DSL.using(connection).meta().getTables(name(database.schema(), "sites")).get(0);
      assertThat(sites.getReferences()).hasSize(1);
      assertThat(sites.getReferences().get(0).getKey().getTable().getName()).isEqualTo("studies");
      assertThat(sites.getIndexes())
          .extracting(index -> index.getName())
          .contains("sites_site_number_key");
    }
  }

  @ParameterizedTest
  @EnumSource
  void queriesInItsOwnAndInPostgresDialect(Database database) throws Exception {
    for (SQLDialect dialect : List.of(SQLDialect.DEFAULT, SQLDialect.POSTGRES)) {
      try (Connection connection = database.connect()) {
        DSLContext jooq = DSL.using(connection, dialect);
        Field<String> country = field(name("country"), String.class);
        assertThat(
                jooq.select(
                        country,
                        count().as("n"),
                        rowNumber().over(orderBy(count().desc(), country)).as("place"))
                    .from(name("sites"))
                    .groupBy(country)
                    .having(count().gt(8))
                    .orderBy(field(name("place")))
                    .fetch()
                    .formatCSV())
            .isEqualTo(
                """
                country,n,place
                United States,20,1
                Germany,13,2
                Poland,9,3
                United Kingdom,9,4
                """);
        assertThat(jooq.fetch("ASK ?", "How many sites by country?")).hasSize(25);
      }
    }
  }

  private Path generated(Database database) throws Exception {
    GenerationTool.generate(
        new Configuration()
            .withLogging(Logging.ERROR)
            .withJdbc(new Jdbc().withDriver("io.sally.driver.SallyDriver").withUrl(database.url()))
            .withGenerator(
                new Generator()
                    .withDatabase(
                        new org.jooq.meta.jaxb.Database()
                            .withName("org.jooq.meta.jdbc.JDBCDatabase")
                            .withInputSchema(database.schema()))
                    .withGenerate(new Generate().withPojosAsJavaRecordClasses(true))
                    .withTarget(
                        new Target()
                            .withPackageName("generated")
                            .withDirectory(directory.toString()))));
    return directory;
  }

  private Path compiled(Path sources) throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "-proc:none",
                "-d",
                classes.toString(),
                "-cp",
                System.getProperty("java.class.path")));
    try (Stream<Path> files = Files.walk(sources.resolve("generated"))) {
      files.map(Path::toString).filter(file -> file.endsWith(".java")).forEach(arguments::add);
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, arguments.toArray(String[]::new)))
        .isZero();
    return classes;
  }
}
