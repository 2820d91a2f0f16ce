package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import io.wholechart.real.Keycloak;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service in front of the stub hospital, for callers with tokens of a real issuer. It leaves
 * its table in {@code target/real-issuer.txt}.
 */
@Tag("real-issuer")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class) // the last one ends the issuer
class RealIssuerIT {
  private static final Path FOLDER = Path.of("target/real/issuer").toAbsolutePath();
  private static final String PATIENT = "/patients/p-1001";
  private static final int CALLERS = 4;
  private static final int ROTATIONS = 3;

  /** Keys are held for five minutes anyway; so long they are used beyond that. */
  private static final Duration STALE = Duration.ofSeconds(20);

  private static final Duration KEPT = Duration.ofMinutes(5).plus(STALE);

  private static final List<String> table = new ArrayList<>();
  private static Keycloak issuer;

  @TempDir Path directory;
  private StubHospital hospital;
  private ServiceProcess service;
  private Caller caller;

  @BeforeAll
  static void start() throws Exception {
    issuer = Keycloak.start(FOLDER);
  }

  @BeforeEach
  void open() throws Exception {
    hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
    List<String> flags = new ArrayList<>(Distribution.sources(hospital::url));
    Map.of(
            "access.mode",
            "oauth",
            "access.audience",
            "https://wholechart.example",
            "conduct.rate.requestsPerSecond",
            0,
            "access.staleKeys",
            STALE.toSeconds() + "s",
            "access.entitlements.emergency",
            "[emergency-clinician]",
            "issuers.clinic.issuer",
            issuer.issuer(),
            "issuers.clinic.jwks",
            issuer.jwks())
        .forEach((key, value) -> flags.addAll(Distribution.set(key, value)));
    service = ServiceProcess.start(directory, flags);
    caller = new Caller(service.port());
  }

  @AfterEach
  void close() {
    if (service != null) {
      service.close();
    }
    if (hospital != null) {
      hospital.close();
    }
  }

  @AfterAll
  static void end() throws Exception {
    if (issuer != null) {
      issuer.close();
    }
    table.forEach(System.out::println);
    Files.write(Path.of("target/real-issuer.txt"), table, StandardCharsets.UTF_8);
  }

  @Test
  @Order(1)
  void tokensOpenWhatTheirScopesAndRolesSay() throws Exception {
    String program = issuer.tokenOfClient("ward-list");
    String viewer = issuer.tokenOfClient("lab-viewer");
    String clinician = issuer.tokenOfUser("bedside", "clinician");
    String porter = issuer.tokenOfUser("bedside", "porter");
    table.add("Who asks, by tokens of a real issuer");
    expect("a program, client credentials, system/*.rs", program, PATIENT, 200, "present");
    expect("one of system/Observation.rs alone", viewer, PATIENT, 200, "withheld");
    expect("a person, by password, user/*.rs", clinician, PATIENT, 200, "present");
    String emergency = PATIENT + "?urgency=emergency";
    expect("the same in an emergency, by role", clinician, emergency, 200, "present");
    expect("a person without that role", porter, emergency, 403, "");
    expect("a token for another audience", issuer.tokenOfClient("stranger"), PATIENT, 401, "");
    expect("a token of another realm", issuer.tokenOfOperator(), PATIENT, 401, "");
    expect("a token with one letter less", shortened(program), PATIENT, 401, "");
    expect("none", null, PATIENT, 401, "");

    var records = new Journal(directory).records();
    assertThat(records)
        .anySatisfy(record -> {
          assertThat(record.at("/agent/issuer").asText()).isEqualTo(issuer.issuer());
          assertThat(record.at("/agent/name").asText()).isEqualTo("Sam Sample");
          assertThat(record.at("/agent/client").asText()).isEqualTo("bedside");
        });
    assertThat(String.join("\n", new Journal(directory).lines()) + service.log())
        .doesNotContain(signature(program), signature(clinician), signature(porter));
  }

  private void expect(String who, String token, String path, int status, String allergies)
      throws Exception {
    Answered answered = ask(token, path);
    String state =
        answered.status() == 200 ? answered.json().at("/sections/allergies/state").asText() : "";
    table.add(String.format("  %-46s %d %s", who, answered.status(), state));
    assertThat(answered.status()).as(who).isEqualTo(status);
    assertThat(state).as(who).isEqualTo(allergies);
    assertThat(answered.header("WWW-Authenticate").isEmpty()).as(who).isEqualTo(status != 401);
  }

  @Test
  @Order(2)
  void noValidRequestFailsWhileKeysChange() throws Exception {
    var isOver = new AtomicBoolean();
    var requests = new AtomicInteger();
    var failures = new ConcurrentLinkedQueue<String>();
    Map<String, Integer> keys = new TreeMap<>();
    List<Thread> callers = new ArrayList<>();
    for (int i = 0; i < CALLERS; i++) {
      String token = issuer.tokenOfClient("ward-list"); // signed before: good until it expires
      callers.add(Thread.ofVirtual().start(() -> ask(token, isOver, requests, failures, keys)));
    }
    for (int i = 0; i < ROTATIONS; i++) {
      int atRotation = requests.get();
      issuer.rotate();
      while (requests.get() < atRotation + 200 && failures.isEmpty()) {
        Thread.onSpinWait();
      }
    }
    isOver.set(true);
    for (Thread each : callers) {
      each.join();
    }
    table.add("");
    table.add(
        "%d rotations of the issuer's keys under load: %,d requests by tokens of %d keys, %d failed"
            .formatted(ROTATIONS, requests.get(), keys.size(), failures.size()));
    assertThat(failures).isEmpty();
    assertThat(keys).as("keys that signed").hasSize(ROTATIONS + 1);
    assertThat(issuer.signingKeys()).isGreaterThan(ROTATIONS);
  }

  /** Every other request by a token that the service has never seen. */
  private void ask(
      String old,
      AtomicBoolean isOver,
      AtomicInteger requests,
      ConcurrentLinkedQueue<String> failures,
      Map<String, Integer> keys) {
    try {
      while (!isOver.get()) {
        for (String token : List.of(old, issuer.tokenOfClient("ward-list"))) {
          Answered answered = ask(token, PATIENT);
          requests.incrementAndGet();
          if (answered.status() != 200) {
            failures.add(answered.status() + " " + answered.body());
          }
          synchronized (keys) {
            keys.merge(header(token), 1, Integer::sum);
          }
        }
      }
    } catch (Exception e) {
      failures.add(e.toString());
    }
  }

  @Test
  @Order(3)
  void whileTheIssuerIsDownItsKeysAreUsedForTheConfiguredTimeAndNoLonger() throws Exception {
    String seen = issuer.tokenOfClient("ward-list");
    List<String> unseen = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      unseen.add(issuer.tokenOfUser("bedside", "clinician"));
    }
    // A key that nobody has makes it fetch anew, so that the time from then on is known.
    assertThat(ask(seen, PATIENT).status()).isEqualTo(200);
    assertThat(ask(issuer.tokenOfOperator(), PATIENT).status()).isEqualTo(401);
    issuer.rotate();
    long fetched = System.nanoTime();
    assertThat(ask(issuer.tokenOfClient("ward-list"), PATIENT).status()).isEqualTo(200);
    issuer.stop();
    Duration accepted = Duration.ZERO;
    Answered last = null;
    for (String token : unseen) {
      last = ask(token, PATIENT);
      Duration since = Duration.ofNanos(System.nanoTime() - fetched);
      if (last.status() != 200) {
        table.add("");
        table.add(
            String.format(
                Locale.ROOT,
                "Issuer down, keys fetched at 0 s, staleKeys %d s: tokens never seen before are good"
                    + " until %d s, then %d %s at %d s; one seen before still %d",
                STALE.toSeconds(),
                accepted.toSeconds(),
                last.status(),
                last.json().path("type").asText(),
                since.toSeconds(),
                ask(seen, PATIENT).status()));
        break;
      }
      accepted = since;
      Thread.sleep(KEPT.dividedBy(40)); // there is nothing to wait for but the clock
    }
    assertThat(accepted).isGreaterThan(KEPT.minus(KEPT.dividedBy(20)));
    assertThat(accepted).isLessThan(KEPT.plusSeconds(5));
    assertThat(last.status()).as("the first that is refused").isEqualTo(503);
    assertThat(last.json().path("type").asText()).endsWith(":issuer-unavailable");
    assertThat(ask(seen, PATIENT).status()).as("verified before").isEqualTo(200);
  }

  private Answered ask(String token, String path) throws Exception {
    return token == null
        ? caller.get(path)
        : caller.send("GET", path, "Authorization", "Bearer " + token);
  }

  private static String header(String token) {
    return token.substring(0, token.indexOf('.'));
  }

  private static String signature(String token) {
    return token.substring(token.lastIndexOf('.') + 1);
  }

  private static String shortened(String token) {
    return token.substring(0, token.length() - 2) + token.charAt(token.length() - 1);
  }
}
