package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The one jar in a class loader of its own, which a tool throws away: nothing stays behind. In a
 * JVM of its own, since the drivers that another has would be looked for in the jar too.
 */
@Timeout(300)
class ThrownAwayJarIT {
  private static final Path JAR = Path.of(System.getProperty("sally.jar"));

  @TempDir Path directory;

  @Test
  void noThreadNoPoolAndNoClassLoaderStays() throws Exception {
    Path guest = compiled("Guest");
    Path host = compiled("Host");
    Path out = directory.resolve("out.txt");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // What is reachable softly alone goes in the next collection, and not when memory
                // ends.
                "-XX:SoftRefLRUPolicyMSPerMB=0",
                "-Dsally.guest.url=jdbc:sally:" + configuration(),
                "-cp",
                host.toString(),
                "Host",
                JAR.toString(),
                guest.toString())
            .redirectErrorStream(true)
            .redirectOutput(out.toFile())
            .start();
    try {
      assertThat(process.waitFor(4, TimeUnit.MINUTES)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(Files.readString(out))
        .isEqualTo(
            """
            guest: 150 3 6 3 57014
            threads: []
            class loader: gone
            """);
  }

  private Path configuration() throws Exception {
    try (Connection lite =
            DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("local.db"));
        Statement statement = lite.createStatement()) {
      statement.execute("CREATE TABLE numbers (n INTEGER PRIMARY KEY)");
      statement.execute("INSERT INTO numbers VALUES (1), (2), (3)");
    }
    return Files.writeString(
        directory.resolve("sally.yaml"),
        """
        llm: {provider: offline}
        sources:
          lite: {type: sqlite, database: local.db}
        """);
  }

  /** The folder that holds the classes of a program. */
  private Path compiled(String program) throws Exception {
    Path folder = Files.createDirectory(directory.resolve(program));
    Path source = folder.resolve(program + ".java");
    try (InputStream in =
        Objects.requireNonNull(ThrownAwayJarIT.class.getResourceAsStream(program + ".java.txt"))) {
      Files.copy(in, source);
    }
    assertThat(
            ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-d", folder.toString(), source.toString()))
        .isZero();
    return folder;
  }
}
