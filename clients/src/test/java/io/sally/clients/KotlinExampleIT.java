package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import kotlin.KotlinVersion;
import org.jetbrains.kotlin.cli.common.ExitCode;
import org.jetbrains.kotlin.cli.jvm.K2JVMCompiler;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The Kotlin of docs/examples.md is compiled and runs. */
@Timeout(300)
class KotlinExampleIT {
  @Test
  void thePageCompilesAndRuns(@TempDir Path folder) throws Exception {
    Matcher shown =
        Pattern.compile("```kotlin\\n(.*?)\\n```", Pattern.DOTALL)
            .matcher(Files.readString(Path.of(System.getProperty("sally.docs"), "examples.md")));
    assertThat(shown.find()).isTrue();
    Path source = Files.writeString(folder.resolve("Questions.kt"), shown.group(1));
    Path library =
        Path.of(KotlinVersion.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path classes = folder.resolve("classes");

    ExitCode end =
        new K2JVMCompiler()
            .exec(
                new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8),
                "-no-stdlib",
                "-no-reflect",
                "-Werror",
                "-jvm-target",
                "17",
                "-classpath",
                library.toString(),
                "-d",
                classes.toString(),
                source.toString());

    assertThat(end).isEqualTo(ExitCode.OK);
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes.toUri().toURL()}, getClass().getClassLoader())) {
      Method largest =
          Class.forName("QuestionsKt", true, loader)
              .getMethod("answer", String.class, String.class);
      assertThat((List<?>) largest.invoke(null, Database.DEMO.url(), "How many sites by country?"))
          .first()
          .hasToString("CountOf(name=United States, count=20)");
    }
  }
}
