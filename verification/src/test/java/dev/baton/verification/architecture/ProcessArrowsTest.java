package dev.baton.verification.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.baton.process.ProcessOptions;
import org.junit.jupiter.api.Test;

class ProcessArrowsTest {

  private static final JavaClasses PROCESS =
      new ClassFileImporter()
          .importUrl(ProcessOptions.class.getProtectionDomain().getCodeSource().getLocation());

  @Test
  void theModuleIsLookedAtAtAll() {
    assertTrue(
        PROCESS.contain(ProcessOptions.class) && PROCESS.size() > 50,
        () -> "classes found: " + PROCESS.size());
  }

  @Test
  void hostAndWorkerMeetInWireAndCodecOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.baton.process..")
        .layer("options")
        .definedBy("dev.baton.process")
        .layer("host")
        .definedBy("dev.baton.process.host..")
        .layer("worker")
        .definedBy("dev.baton.process.worker..")
        .layer("wire")
        .definedBy("dev.baton.process.wire..")
        .layer("codec")
        .definedBy("dev.baton.process.codec..")
        .whereLayer("options")
        .mayOnlyBeAccessedByLayers("host")
        .whereLayer("host")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("worker")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("wire")
        .mayOnlyBeAccessedByLayers("host", "worker")
        .whereLayer("codec")
        .mayOnlyBeAccessedByLayers("host", "worker")
        .check(PROCESS);
  }

  @Test
  void nothingInsideCoreIsReached() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(
            "dev.baton",
            "dev.baton.spi",
            "dev.baton.event",
            "dev.baton.process..",
            "java..",
            "com.sun.management",
            "org.slf4j..",
            "org.jspecify..")
        .check(PROCESS);
  }
}
