package io.sally.driver;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The arrows of the house run one way: driver to ask to engine, and driver to the demo. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.sally");

  @Test
  void engineKnowsNeitherQuestionsNorDriverNorDemo() {
    noClasses()
        .that()
        .resideInAPackage("io.sally.engine..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.sally.ask..", "io.sally.driver..", "io.sally.demo..")
        .check(CLASSES);
  }

  @Test
  void demoKnowsNothingElse() {
    noClasses()
        .that()
        .resideInAPackage("io.sally.demo..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.sally.ask..", "io.sally.driver..", "io.sally.engine..")
        .check(CLASSES);
  }

  @Test
  void askKnowsNeitherDriverNorDemo() {
    noClasses()
        .that()
        .resideInAPackage("io.sally.ask..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.sally.driver..", "io.sally.demo..")
        .check(CLASSES);
  }

  @Test
  void howTheEngineDoesItIsTheEnginesOwn() {
    classes()
        .that()
        .resideInAPackage("io.sally.engine.planner..")
        .should()
        .onlyBeAccessed()
        .byAnyPackage("io.sally.engine..")
        .check(CLASSES);
  }

  @Test
  void translatorsDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage("io.sally.ask.offline..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.sally.ask.gemini..", "io.sally.ask.langchain4j..", "io.sally.ask.model..")
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.sally.ask.gemini..",
            "io.sally.ask.langchain4j..",
            "io.sally.ask.model..",
            "io.sally.ask.context..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.sally.ask.offline..")
        .check(CLASSES);
  }

  @Test
  void onlyTheModelsTranslatorsTalkToTheNetwork() {
    noClasses()
        .that()
        .resideInAnyPackage("io.sally.engine..", "io.sally.driver..", "io.sally.demo..")
        .or()
        .resideInAnyPackage("io.sally.ask.offline..", "io.sally.ask.context..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "okhttp3..", "com.google.genai..", "dev.langchain4j..", "java.net.http..")
        .check(CLASSES);
  }

  @Test
  void onlyTheShellWritesToTheConsole() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.sally.driver.shell..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CLASSES);
  }
}
