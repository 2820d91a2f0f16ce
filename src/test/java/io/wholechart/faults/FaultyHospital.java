package io.wholechart.faults;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Four sources, each of which can be had well, and in every way in which it cannot be reached. */
public final class FaultyHospital implements AutoCloseable {
  private final RedirectTarget loopback = RedirectTarget.loopback();
  private final Optional<RedirectTarget> linkLocal = RedirectTarget.linkLocal();
  private final Plan plan;
  private final FaultScript script;
  private final Map<String, SourceServer> plain = new HashMap<>();
  private final Map<String, SourceServer> secure = new HashMap<>();
  private final Map<String, SourceServer> expired = new HashMap<>();
  private final Map<String, SourceServer> another = new HashMap<>();
  private final List<SourceServer> all = new ArrayList<>();
  private final Socket bound = new Socket();
  private final AtomicInteger names = new AtomicInteger();

  /**
   * @param afterTheDeadline when an answer is certainly late
   */
  public FaultyHospital(Certificates certificates, Duration afterTheDeadline) throws IOException {
    plan =
        new Plan(
            Map.of(
                Fault.REDIRECT_LOOPBACK,
                loopback.url(),
                Fault.REDIRECT_LINK_LOCAL,
                linkLocal.map(RedirectTarget::url).orElse("http://169.254.169.254/")),
            afterTheDeadline);
    script = new FaultScript(plan);
    for (String source : Fault.SOURCES) {
      plain.put(source, new SourceServer(source, script));
      secure.put(source, new SourceServer(source, script, certificates.right()));
      expired.put(source, new SourceServer(source, script, certificates.expired()));
      another.put(source, new SourceServer(source, script, certificates.ofAnotherHost()));
    }
    List.of(plain, secure, expired, another).forEach(servers -> all.addAll(servers.values()));
    // Bound, so that nobody else has the port, and not listening.
    bound.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
  }

  /** Where a source is that has this fault, or none. */
  public String url(String source, @Nullable Fault fault) {
    return switch (fault) {
      case REFUSED -> "http://127.0.0.1:" + bound.getLocalPort();
      case EXPIRED_CERTIFICATE -> expired.get(source).url();
      case WRONG_HOST_CERTIFICATE -> another.get(source).url();
      case NAME_NOT_FOUND -> named(source, TestNames.NOWHERE);
      case HANGING_RESOLVER -> named(source, TestNames.HANGING);
      case null, default -> plain.get(source).url();
    };
  }

  /** Where a source is that proves to be itself. */
  public String secureUrl(String source) {
    return secure.get(source).url();
  }

  /** Two that prove to be themselves, and two that nobody asks to. */
  public String mixedUrl(String source) {
    return Fault.SOURCES.indexOf(source) < 2 ? secureUrl(source) : url(source, null);
  }

  /** Has the sources behave so towards those who ask for this patient. */
  public void plan(PatientMark patient, Map<String, Fault> bySource) {
    plan.put(patient, bySource);
  }

  /** Waits until the answers about this patient that come too late have come. */
  public void awaitLate(PatientMark patient) throws InterruptedException {
    plan.awaitLate(patient);
  }

  /** How many connections were made to where sources redirected. */
  public int redirected() {
    return loopback.visitors() + linkLocal.map(RedirectTarget::visitors).orElse(0);
  }

  /** How much was taken of bodies that are too large. */
  public long hugeBytes() {
    return script.hugeBytes();
  }

  /** Whether there is anybody at a link-local address who could tell of visitors. */
  public boolean hasLinkLocal() {
    return linkLocal.isPresent();
  }

  @Override
  public void close() throws IOException {
    TestNames.release();
    loopback.close();
    if (linkLocal.isPresent()) {
      linkLocal.get().close();
    }
    for (SourceServer server : all) {
      server.close();
    }
    bound.close();
  }

  /** Another name each time: what the JDK knows of one it does not ask for again. */
  private String named(String source, String suffix) {
    return "http://n" + names.incrementAndGet() + suffix + ":" + plain.get(source).port();
  }
}
