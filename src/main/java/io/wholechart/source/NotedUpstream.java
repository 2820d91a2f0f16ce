package io.wholechart.source;

/** Notes in the call's intake what came over the wire, once all retrying is over. */
final class NotedUpstream implements Upstream {
  private final Upstream delegate;

  NotedUpstream(Upstream delegate) {
    this.delegate = delegate;
  }

  @Override
  public UpstreamAnswer read(UpstreamRequest request) throws InterruptedException {
    UpstreamAnswer answer = delegate.read(request);
    request
        .intake()
        .received(
            switch (answer) {
              case UpstreamAnswer.Answered answered ->
                  Received.body(answered.status(), answered.body());
              case UpstreamAnswer.Broken(Failure failure, _) ->
                  Received.status(failure.httpStatus());
            });
    return answer;
  }
}
