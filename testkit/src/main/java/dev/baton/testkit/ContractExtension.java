package dev.baton.testkit;

import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.TestWatcher;

/** Gives each test its fixture, skips rows that the harness is exempt from, and reports. */
final class ContractExtension
    implements BeforeAllCallback,
        BeforeEachCallback,
        ParameterResolver,
        AfterEachCallback,
        TestWatcher,
        AfterAllCallback {

  private static final Namespace NAMESPACE = Namespace.create(ContractExtension.class);

  /** Is called by JUnit. */
  ContractExtension() {}

  @Override
  public void beforeAll(ExtensionContext context) {
    context.getStore(NAMESPACE).put(ContractReport.class, new ContractReport(title(context)));
  }

  private static String title(ExtensionContext context) {
    return context.getRequiredTestClass().getSimpleName();
  }

  private static ContractReport report(ExtensionContext context) {
    return Objects.requireNonNull(
        context.getStore(NAMESPACE).get(ContractReport.class, ContractReport.class));
  }

  private static Row row(ExtensionContext context) {
    return RowNames.rowOf(context.getRequiredTestMethod());
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    BackendHarness harness = ((ContractTest) context.getRequiredTestInstance()).harness();
    Map<Row, String> exemptions = harness.exemptions();
    report(context).exempt(exemptions);
    String reason = exemptions.get(row(context));
    if (reason != null) {
      Assumptions.abort(row(context) + " is exempt: " + reason);
    }
    context.getStore(NAMESPACE).put(Fixture.class, new Fixture(harness));
  }

  private static @Nullable Fixture fixture(ExtensionContext context) {
    return context.getStore(NAMESPACE).get(Fixture.class, Fixture.class);
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == Fixture.class;
  }

  @Override
  public @Nullable Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return fixture(context);
  }

  @Override
  public void afterEach(ExtensionContext context) throws Exception {
    Fixture fixture = fixture(context);
    if (fixture != null) {
      fixture.close();
    }
  }

  @Override
  public void testSuccessful(ExtensionContext context) {
    report(context).kept(row(context));
  }

  @Override
  public void testFailed(ExtensionContext context, @Nullable Throwable cause) {
    report(context).broken(row(context));
  }

  @Override
  public void testAborted(ExtensionContext context, @Nullable Throwable cause) {
    report(context).skipped(row(context), cause);
  }

  @Override
  public void afterAll(ExtensionContext context) {
    report(context).print(System.out);
  }
}
