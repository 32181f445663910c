package io.sally.driver;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The one jar, in a JVM of its own with nothing of the build on its class path. */
@Timeout(300)
class OneJarIT {
  private static final Path JAR = Path.of(System.getProperty("sally.jar"));
  private static final Path OTHER_VERSIONS = Path.of(System.getProperty("sally.otherVersions"));

  private static final String WHAT_THE_PROGRAM_PRINTS =
      """
      How many studies? 12
      How many sites? 150
      shipments.destination_site_id -> sites
      shipments.origin_vendor_id -> vendors
      cancel: 57014
      threads on one connection: [750, 750, 750, 750, 750, 750, 750, 750]
      threads on eight connections: [750, 750, 750, 750, 750, 750, 750, 750]
      """;

  // A native library and a signature know their classes by name, so that drivers stay as they are.
  private static final Pattern OWN_NAMES =
      Pattern.compile("io/sally/|org/postgresql/|com/mysql/|org/sqlite/|oracle/|io/trino/jdbc/");

  @TempDir Path directory;

  @Test
  void worksWithNothingButTheJdk() throws Exception {
    assertThat(runProgram(List.of(JAR))).isEqualTo(new Finished(0, WHAT_THE_PROGRAM_PRINTS, ""));
  }

  @Test
  void worksBesideOtherVersionsOfWhatItBundles() throws Exception {
    List<Path> classPath = new ArrayList<>();
    try (Stream<Path> others = Files.list(OTHER_VERSIONS)) {
      others.sorted().forEach(classPath::add);
    }
    assertThat(classPath).hasSize(9);
    classPath.add(JAR);
    Finished finished = runProgram(classPath);
    // The other version of SLF4J says that it has nowhere to log to.
    assertThat(finished.err.lines()).allMatch(line -> line.startsWith("SLF4J: "));
    assertThat(finished.out).isEqualTo(WHAT_THE_PROGRAM_PRINTS);
    assertThat(finished.exitCode).isZero();
  }

  @Test
  void holdsNoClassUnderAnothersNameButTheDatabaseDrivers() throws IOException {
    try (JarFile jar = new JarFile(JAR.toFile())) {
      assertThat(jar.stream().map(ZipEntry::getName))
          .filteredOn(name -> name.endsWith(".class"))
          .allMatch(name -> OWN_NAMES.matcher(name).lookingAt());
      assertThat(jar.getEntry("META-INF/LICENSE")).isNotNull();
      assertThat(jar.getEntry("META-INF/NOTICE")).isNotNull();
      assertThat(text(jar, "META-INF/services/java.sql.Driver").strip())
          .isEqualTo("io.sally.driver.SallyDriver");
    }
  }

  @Test
  void runsAStatementFromTheCommandLine() throws Exception {
    Finished finished =
        run(List.of("-jar", JAR.toString(), "-p", "demoDate=2026-03-15", "ASK 'How many sites?'"));
    assertThat(finished.exitCode).isZero();
    assertThat(finished.err).isEmpty();
    assertThat(finished.out.replaceAll("[0-9]+ ms", "? ms"))
        .isEqualTo(
            """
            SQL: SELECT COUNT(*) AS site_count
            FROM sites
            Explanation: Number of sites.
            Trust: offline

            site_count
            ----------
                   150
            (1 row, ? ms)
            """);
  }

  @Test
  void tellsOfAFailureInOneParagraphAndByTheExitCode() throws Exception {
    assertThat(run(List.of("-jar", JAR.toString(), "SELECT * FROM sitess")))
        .isEqualTo(
            new Finished(
                1,
                "",
                "Error 42P01: There is no table or schema 'sitess' (line 1, column 15)."
                    + " Did you mean sites?\n"));
    assertThat(run(List.of("-jar", JAR.toString(), "--nonsense")).exitCode).isEqualTo(2);
  }

  private record Finished(int exitCode, String out, String err) {}

  private Finished runProgram(List<Path> classPath) throws Exception {
    Path source = directory.resolve("Standalone.java");
    try (InputStream in =
        Objects.requireNonNull(OneJarIT.class.getResourceAsStream("Standalone.java.txt"))) {
      Files.copy(in, source);
    }
    int compiled =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", directory.toString(), source.toString());
    assertThat(compiled).isZero();
    String path =
        Stream.concat(classPath.stream(), Stream.of(directory))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    return run(List.of("-cp", path, "Standalone"));
  }

  private Finished run(List<String> arguments) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(arguments);
    Path out = directory.resolve("out.txt");
    Path err = directory.resolve("err.txt");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
    builder.environment().remove("GEMINI_API_KEY");
    int exitCode = builder.start().waitFor();
    return new Finished(exitCode, Files.readString(out), Files.readString(err));
  }

  private static String text(JarFile jar, String entry) throws IOException {
    try (InputStream in = jar.getInputStream(jar.getEntry(entry))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
