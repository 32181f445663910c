package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** SQLLine as it is published, in a JVM of its own, with a script. */
@Timeout(300)
class SqlLineIT {
  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void browsesRunsAndGoesOnAfterFailures(Database database) throws Exception {
    Path script =
        Files.writeString(
            directory.resolve("script.sql"),
            """
            !set outputformat csv
            !importedkeys SCHEMA.sites
            !metadata getPrimaryKeys null SCHEMA sites
            !autocommit off
            !commit
            !rollback
            !autocommit on
            SELECT country, COUNT(*) AS n FROM sites GROUP BY country ORDER BY n DESC LIMIT 2;
            SELECT * FROM (ASK 'How many sites by country?') t WHERE site_count > 10 ORDER BY 2 DESC;
            !outputformat json
            SELECT site_id, activated_on, closed_on FROM sites ORDER BY site_id LIMIT 1;
            !set rowlimit 2
            SELECT site_id FROM sites ORDER BY site_id;
            !set force true
            !set timeout 1
            SELECT COUNT(*) FROM shipments a, shipments b, shipments c WHERE a.quantity + b.quantity + c.quantity < 0;
            SELECT * FROM nowhere;
            DELETE FROM sites;
            !reconnect
            VALUES (1);
            !closeall
            """
                .replace("SCHEMA", database.schema()));
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "sqlline.SqlLine",
                "-d",
                "io.sally.driver.SallyDriver",
                "-u",
                database.url(),
                "-n",
                "",
                "-p",
                "",
                "--isolation=TRANSACTION_NONE",
                "--showElapsedTime=false",
                "--maxWidth=200",
                "-f",
                script.toString())
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    // SQLLine's word for a script of which something failed.
    assertThat(process.waitFor()).isEqualTo(2);

    assertThat(
            Files.readString(out)
                .lines()
                .filter(line -> !line.matches("\\d+/\\d+ .*"))
                .map(line -> line.replace("studies_pkey", "pk_studies"))
                .map(line -> line.replace("sites_pkey", "pk_sites")))
        .isEqualTo(
            """
            'PKTABLE_CAT','PKTABLE_SCHEM','PKTABLE_NAME','PKCOLUMN_NAME','FKTABLE_CAT','FKTABLE_SCHEM','FKTABLE_NAME','FKCOLUMN_NAME','KEY_SEQ','UPDATE_RULE','DELETE_RULE','FK_NAME','PK_NAME','DEFERRABILITY'
            '','SCHEMA','studies','study_id','','SCHEMA','sites','study_id','1','3','3','sites_study_id_fkey','pk_studies','7'
            'TABLE_CAT','TABLE_SCHEM','TABLE_NAME','COLUMN_NAME','KEY_SEQ','PK_NAME'
            '','SCHEMA','sites','site_id','1','pk_sites'
            'country','n'
            'United States','20'
            'Germany','13'
            'country','site_count'
            'United States','20'
            'Germany','13'
            {"resultset":[
            {"site_id":1,"activated_on":"2025-02-24","closed_on":"null"}
            ]}
            {"resultset":[
            {"site_id":1},
            {"site_id":2}
            ]}
            {"resultset":[
            {"EXPR$0":1}
            ]}
            """
                .replace("SCHEMA", database.schema())
                .lines()
                .toList());
    assertThat(Files.readString(err).lines().filter(line -> line.startsWith("Error: ")))
        .containsExactly(
            "Error: The statement did not end within its limit of 1 s. Raise the limit"
                + " (Statement.setQueryTimeout) or ask for less. (state=HYT00,code=0)",
            "Error: There is no table or schema 'nowhere' (line 1, column 15). (state=42P01,code=0)",
            "Error: Sally only reads: DELETE is not permitted. Queries (SELECT, WITH, VALUES, TABLE"
                + " and set operations) and ASK are. (state=25006,code=0)");
  }
}
