package io.wholechart.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.canary.Canary.Leak;
import java.util.List;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;

/**
 * Fails the test class after which something has been found. Exceptions are seen a second later, so
 * that it may be the class after the one they were thrown in; of the last one, the run itself.
 */
public final class CanaryExtension implements BeforeAllCallback, AfterAllCallback {
  @Override
  public void beforeAll(ExtensionContext context) {
    context
        .getRoot()
        .getStore(Namespace.create(CanaryExtension.class))
        .computeIfAbsent(Run.class, _ -> new Run());
  }

  @Override
  public void afterAll(ExtensionContext context) {
    assertNone(Canary.leaks());
  }

  static void assertNone(List<Leak> leaks) {
    assertThat(leaks).as("patients' values where none may be").isEmpty();
  }

  private static final class Run implements AutoCloseable {
    private final ExceptionCanary exceptions = new ExceptionCanary();

    @Override
    public void close() {
      exceptions.close();
      assertNone(Canary.leaks());
    }
  }
}
