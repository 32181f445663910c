package io.sally.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.w3c.dom.Document;
import org.yaml.snakeyaml.Yaml;

/** The presets of dbeaver-config: each can be read by a parser, and its class and URL connect. */
@Timeout(300)
class PresetsIT {
  private static final Path PRESETS = Path.of(System.getProperty("sally.presets"));

  @Test
  void everyXmlIsWellFormed() throws Exception {
    List<String> read = new ArrayList<>();
    try (Stream<Path> files = Files.walk(PRESETS)) {
      for (Path file : files.filter(PresetsIT::isXml).sorted().toList()) {
        xml(file);
        read.add(file.getFileName().toString());
      }
    }
    assertThat(read)
        .containsExactlyInAnyOrder(
            "dataSources.xml",
            "databaseDrivers.xml",
            "drivers.xml",
            "sally.jrdax",
            "connectionFields.xml",
            "connectionMetadata.xml",
            "connectionResolver.tdr",
            "dialect.tdd",
            "manifest.xml",
            "sally.tdc");
  }

  @Test
  void whatNamesADriverAndAUrlConnects() throws Exception {
    Document dataGrip = xml(PRESETS.resolve("datagrip/dataSources.xml"));
    assertConnects(text(dataGrip, "jdbc-driver"), text(dataGrip, "jdbc-url"));
    Document jasper = xml(PRESETS.resolve("jasperreports/sally.jrdax"));
    assertConnects(text(jasper, "driver"), text(jasper, "url"));
    Document dbeaver = xml(PRESETS.resolve("dbeaver/drivers.xml"));
    assertConnects(
        dbeaver
            .getElementsByTagName("driver")
            .item(0)
            .getAttributes()
            .getNamedItem("class")
            .getNodeValue(),
        dbeaver
            .getElementsByTagName("driver")
            .item(0)
            .getAttributes()
            .getNamedItem("url")
            .getNodeValue());
    assertThat(yaml(PRESETS.resolve("spring-boot/application.yaml")))
        .extractingByKey("spring", InstanceOfAssertFactories.MAP)
        .extractingByKey("datasource", InstanceOfAssertFactories.MAP)
        .containsEntry("driver-class-name", "io.sally.driver.SallyDriver")
        .containsEntry("url", "jdbc:sally:demo");
    Properties sqlLine = new Properties();
    try (InputStream in = Files.newInputStream(PRESETS.resolve("sqlline/sally.properties"))) {
      sqlLine.load(in);
    }
    assertConnects(sqlLine.getProperty("driver"), sqlLine.getProperty("url"));
  }

  @Test
  void metabasesPlugInHasItsManifestAndTheNamespaceThatItLoads() throws Exception {
    Map<String, Object> manifest = yaml(PRESETS.resolve("metabase/plugin/metabase-plugin.yaml"));
    assertThat(manifest).containsOnlyKeys("info", "dependencies", "driver", "init");
    assertThat((Map<?, ?>) manifest.get("driver"))
        .isEqualTo(
            Map.of(
                "name", "sally",
                "display-name", "Sally",
                "lazy-load", true,
                "parent", "sql-jdbc",
                "connection-properties",
                    List.of(
                        Map.of(
                            "name", "config",
                            "display-name", "Configuration",
                            "placeholder", "/path/to/sally.yaml, or demo",
                            "default", "demo"))));
    assertThat(manifest.get("init"))
        .isEqualTo(
            List.of(
                Map.of("step", "load-namespace", "namespace", "metabase.driver.sally"),
                Map.of("step", "register-jdbc-driver", "class", "io.sally.driver.SallyDriver")));
    try (Stream<Path> files = Files.list(PRESETS.resolve("target"));
        JarFile jar =
            new JarFile(
                files
                    .filter(file -> file.toString().endsWith("-metabase.jar"))
                    .findFirst()
                    .orElseThrow()
                    .toFile())) {
      assertThat(jar.getEntry("metabase-plugin.yaml")).isNotNull();
      assertThat(jar.getEntry("metabase/driver/sally.clj")).isNotNull();
    }
    String namespace =
        Files.readString(PRESETS.resolve("metabase/plugin/metabase/driver/sally.clj"));
    for (String pair : List.of("()", "[]", "{}")) {
      assertThat(namespace.chars().filter(c -> c == pair.charAt(0)).count())
          .isEqualTo(namespace.chars().filter(c -> c == pair.charAt(1)).count());
    }
  }

  private static void assertConnects(String driver, String url) throws Exception {
    assertThat(url).isEqualTo("jdbc:sally:demo");
    Driver sally =
        Class.forName(driver).asSubclass(Driver.class).getDeclaredConstructor().newInstance();
    try (Connection connection = sally.connect(url, new Properties())) {
      assertThat(connection).isNotNull();
      assertThat(connection.isValid(5)).isTrue();
    }
  }

  private static boolean isXml(Path file) {
    return file.getFileName().toString().matches("(?!pom).*\\.(xml|tdc|tdr|tdd|jrdax)");
  }

  private static Document xml(Path file) throws Exception {
    return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(file.toFile());
  }

  private static String text(Document document, String element) {
    return document.getElementsByTagName(element).item(0).getTextContent();
  }

  private static Map<String, Object> yaml(Path file) throws Exception {
    return new Yaml().load(Files.readString(file));
  }
}
