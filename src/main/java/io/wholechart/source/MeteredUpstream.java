package io.wholechart.source;

import java.util.function.Consumer;

/** Counts what reads came to, all waiting, retries and replicas included. */
final class MeteredUpstream implements Upstream {
  private final Upstream delegate;
  private final Consumer<String> onOutcome;

  /**
   * @param onOutcome {@code answered} or a failure reason
   */
  MeteredUpstream(Upstream delegate, Consumer<String> onOutcome) {
    this.delegate = delegate;
    this.onOutcome = onOutcome;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    String outcome = FailureReason.TIMEOUT.key(); // unless something comes
    try {
      UpstreamAnswer answer = delegate.read(request);
      outcome =
          switch (answer) {
            case UpstreamAnswer.Answered _ -> "answered";
            case UpstreamAnswer.Broken(Failure failure, _) -> failure.reason().key();
          };
      return answer;
    } finally {
      onOutcome.accept(outcome);
    }
  }
}
