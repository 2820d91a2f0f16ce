package io.wholechart.token;

import io.wholechart.access.AccessSettings;
import io.wholechart.patient.Urgency;
import io.wholechart.source.ConnectionSettings;
import io.wholechart.source.Patience;
import io.wholechart.source.ServiceReads;
import io.wholechart.source.ServiceReads.Answer;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** How an issuer is asked: in bounds of time, size and number. */
final class IssuerCalls {
  private static final String JSON = "application/json";
  private static final String KEYS = "application/jwk-set+json, application/json";
  private static final int LARGEST = 256 * 1024;
  private static final int AT_ONCE = 100;

  /** Less than any deadline, of which it is a part. */
  private static final Duration LONGEST = Duration.ofSeconds(1);

  private IssuerCalls() {}

  static Issuer issuer(IssuerSettings settings, AccessSettings access, InstantSource clock)
      throws IOException {
    ConnectionSettings connection =
        settings.connection() == null
            ? new ConnectionSettings(List.of(), null)
            : settings.connection();
    var open = new ServiceReads("issuer", AT_ONCE, LONGEST, null, connection, clock);
    String url = settings.jwks().toString();
    var keys =
        new Jwks(
            () -> body(() -> open.get(url, KEYS, LARGEST, patience())),
            access.staleKeys(),
            System::nanoTime);
    keys.warmUp();
    IssuerSettings.@Nullable Introspection asked = settings.introspection();
    return new Issuer(
        settings,
        access,
        keys,
        asked == null ? null : introspection(settings, asked, access, connection, clock));
  }

  private static Introspection introspection(
      IssuerSettings settings,
      IssuerSettings.Introspection asked,
      AccessSettings access,
      ConnectionSettings connection,
      InstantSource clock)
      throws IOException {
    var reads = new ServiceReads("issuer", AT_ONCE, LONGEST, asked.auth(), connection, clock);
    String url = asked.url().toString();
    return new Introspection(
        form -> body(() -> reads.post(url, form, JSON, LARGEST, patience())),
        new Claims(settings, access),
        asked.cacheFor());
  }

  private static Patience patience() {
    return new Patience(System.nanoTime() + LONGEST.toNanos(), Urgency.EMERGENCY);
  }

  private interface Call {
    Answer run() throws InterruptedException;
  }

  /**
   * The body of a good answer; null where there is none in time. No timeout of a call bounds an
   * answer that drips, so it is made on a thread that can be interrupted.
   */
  private static byte @Nullable [] body(Call call) throws InterruptedException {
    var answer = new AtomicReference<@Nullable Answer>();
    Thread asking =
        Thread.ofVirtual()
            .name("issuer")
            .start(() -> {
              try {
                answer.set(call.run());
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    try {
      var _ = asking.join(LONGEST);
    } finally {
      asking.interrupt();
    }
    return answer.get() instanceof Answer.Answered(int status, _, byte[] body) && status == 200
        ? body
        : null;
  }
}
