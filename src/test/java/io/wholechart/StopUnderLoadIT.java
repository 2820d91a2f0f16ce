package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * SIGTERM while a crowd asks without a break: whoever spreads the load stops when it sees that
 * readiness is off, and every request that it has sent until then is answered. It writes what was
 * seen to {@code target/stop.txt}.
 */
@Tag("edge")
class StopUnderLoadIT {
  private static final int CALLERS = 50;
  private static final Duration HOLD = Duration.ofMillis(700);
  private static final Duration LONGEST_DEADLINE = Duration.ofSeconds(10);

  @TempDir Path directory;
  private final AtomicBoolean isOff = new AtomicBoolean();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger dropped = new AtomicInteger();

  @BeforeAll
  static void train() throws Exception {
    Distribution.train();
  }

  @Test
  void readinessGoesOffAtOnceAndNobodyIsDropped() throws Exception {
    try (var hospital = new HeldHospital(Path.of("stubs"), HOLD, 1);
        var service = ServiceProcess.start(directory, Distribution.sources(hospital::url))) {
      List<Thread> callers = new ArrayList<>();
      for (int i = 0; i < CALLERS; i++) {
        callers.add(Thread.startVirtualThread(() -> ask(service.port())));
      }
      await("a crowd").until(() -> answered.get() > 2 * CALLERS);

      long start = System.nanoTime();
      service.terminate();
      while (service.readiness() != 503) {
        Thread.onSpinWait();
      }
      long offMs = (System.nanoTime() - start) / 1_000_000;
      isOff.set(true);
      int exitCode = service.exitCode(LONGEST_DEADLINE.plusSeconds(20));
      long exitMs = (System.nanoTime() - start) / 1_000_000;
      for (Thread caller : callers) {
        caller.join();
      }
      List<String> figures =
          List.of(
              "readiness off after  " + offMs + " ms",
              "answered             " + answered,
              "dropped              " + dropped,
              "exit after           " + exitMs + " ms");
      figures.forEach(System.out::println);
      Files.write(Path.of("target/stop.txt"), figures, StandardCharsets.UTF_8);

      assertThat(exitCode).isEqualTo(143);
      assertThat(dropped).hasValue(0);
      assertThat(offMs).isLessThanOrEqualTo(100);
      assertThat(exitMs).isLessThanOrEqualTo(LONGEST_DEADLINE.plusSeconds(2).toMillis());
    }
  }

  private void ask(int port) {
    while (!isOff.get()) {
      try (var wire = new WireCaller(port, Duration.ofSeconds(30))) {
        int status = wire.ask("/patients/p-1001", "stop");
        wire.rest();
        (status == 200 ? answered : dropped).incrementAndGet();
      } catch (IOException e) {
        dropped.incrementAndGet();
      }
    }
  }
}
