package dev.baton.verification.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import dev.baton.Baton;
import dev.baton.internal.Entry;
import java.net.URL;
import org.junit.jupiter.api.Test;

class ArrowsTest {

  private static final JavaClasses CORE = new ClassFileImporter().importUrl(core());

  private static URL core() {
    return Baton.class.getProtectionDomain().getCodeSource().getLocation();
  }

  @Test
  void coreIsLookedAtAtAll() {
    assertTrue(
        CORE.contain(Baton.class) && CORE.size() > 50, () -> "classes found: " + CORE.size());
  }

  @Test
  void coreNeedsTheJdkAndSlf4jOnly() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("dev.baton..", "java..", "org.slf4j..", "org.jspecify..")
        .check(CORE);
  }

  @Test
  void publicPackagesReachTheInternalOnesThroughOneDoor() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.baton.internal..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.baton.internal..").and(not(belongToAnyOf(Entry.class))))
        .check(CORE);
  }

  @Test
  void nothingInternalUsesTheDoor() {
    noClasses()
        .that(resideInAPackage("dev.baton.internal..").and(not(belongToAnyOf(Entry.class))))
        .should()
        .dependOnClassesThat(belongToAnyOf(Entry.class))
        .check(CORE);
  }

  @Test
  void whatCallersTypeKnowsNothingOfBackends() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.baton", "dev.baton.event")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.baton.spi..")
        .check(CORE);
  }

  @Test
  void internalPackagesHaveNoCycles() {
    slices().matching("dev.baton.internal.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void arrowsBetweenInternalPackagesPointDown() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage("dev.baton.internal..")
        .layer("door")
        .definedBy("dev.baton.internal")
        .layer("config")
        .definedBy("dev.baton.internal.config..")
        .layer("engines")
        .definedBy("dev.baton.internal.threads..", "dev.baton.internal.virtual..")
        .layer("executor")
        .definedBy("dev.baton.internal.executor..")
        .layer("context")
        .definedBy("dev.baton.internal.context..")
        .layer("map")
        .definedBy("dev.baton.internal.map..")
        .layer("group")
        .definedBy("dev.baton.internal.group..")
        .layer("task")
        .definedBy("dev.baton.internal.task..")
        .layer("future")
        .definedBy("dev.baton.internal.future..")
        .layer("timer")
        .definedBy("dev.baton.internal.timer..")
        .whereLayer("door")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("config")
        .mayOnlyBeAccessedByLayers("door")
        .whereLayer("engines")
        .mayOnlyBeAccessedByLayers("door")
        .whereLayer("executor")
        .mayOnlyBeAccessedByLayers("door", "config", "engines")
        .whereLayer("context")
        .mayOnlyBeAccessedByLayers("door", "executor")
        .whereLayer("group")
        .mayOnlyBeAccessedByLayers("executor")
        .whereLayer("task")
        .mayOnlyBeAccessedByLayers("door", "engines", "executor", "group", "map")
        .whereLayer("map")
        .mayOnlyBeAccessedByLayers("door", "executor")
        .whereLayer("future")
        .mayOnlyBeAccessedByLayers("door", "engines", "executor", "group", "map", "task")
        .whereLayer("timer")
        .mayOnlyBeAccessedByLayers("door", "executor", "task")
        .check(CORE);
  }
}
