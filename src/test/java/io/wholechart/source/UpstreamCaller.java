package io.wholechart.source;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Reads from a source as the service does: on a virtual thread, whose interrupt ends the read. */
final class UpstreamCaller {
  private final Optional<String> authorization;
  private final Intake intake = Intakes.of("lab");
  private final HttpUpstream upstream;

  UpstreamCaller(Optional<String> authorization, Instant now) {
    this.authorization = authorization;
    upstream =
        new HttpUpstream(
            new Connections(ClientTls.usual(), Names.ofSystem(), AddressRule.usual(), 10),
            InstantSource.fixed(now));
  }

  UpstreamAnswer get(String url) throws InterruptedException {
    return read(url, 1_000_000);
  }

  UpstreamAnswer read(String url, int maxBodyBytes) throws InterruptedException {
    var task = new FutureTask<>(() -> readHere(url, maxBodyBytes));
    Thread reader = Thread.ofVirtual().start(task);
    try {
      return task.get();
    } catch (InterruptedException e) {
      reader.interrupt();
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException interrupted) {
        throw interrupted;
      }
      throw new IllegalStateException(e);
    }
  }

  /** On the thread of whoever calls, so that it can be interrupted. */
  UpstreamAnswer readHere(String url, int maxBodyBytes) throws InterruptedException {
    return upstream.read(
        new UpstreamRequest(url, "text/plain", maxBodyBytes, intake)
            .authorized(authorization.orElse("")));
  }

  Failure failure(String url) throws InterruptedException {
    return ((UpstreamAnswer.Broken) get(url)).failure();
  }

  int attempts() {
    return intake.attempts();
  }
}
