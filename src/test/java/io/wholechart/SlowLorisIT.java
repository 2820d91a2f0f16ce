package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Load.Answer;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two thousand clients that send a byte a second, beside others that want charts. Rounds with and
 * without them take turns, and each is held against its neighbour: a machine that becomes slower
 * meets both, and one round that something else disturbed does not decide. It writes what was seen
 * to {@code target/slow-clients.txt}.
 */
@Tag("edge")
class SlowLorisIT {
  private static final int SLOW = 2000;
  private static final int PER_SECOND = 100;
  private static final Duration ROUND = Duration.ofSeconds(12);
  private static final int ROUNDS = 9;

  /** In its first seconds the service compiles itself, and that is felt more than slow clients. */
  private static final Duration WARM_UP = Duration.ofSeconds(90);

  private final List<String> figures = new ArrayList<>();

  @TempDir Path directory;

  @BeforeAll
  static void train() throws Exception {
    Distribution.train();
  }

  @Test
  void twoThousandSlowClientsAreHardlyFelt() throws Exception {
    try (var hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
        var service = ServiceProcess.start(directory, Distribution.sources(hospital::url))) {
      var load = new Load(service.port());
      load.run(PER_SECOND, WARM_UP, _ -> "normal");
      List<Answer> alone = new ArrayList<>();
      List<Answer> beside = new ArrayList<>();
      long heapAlone = liveHeap(service);
      long heapBeside = 0;
      List<Double> ratios = new ArrayList<>();
      for (int round = 0; round < ROUNDS; round++) {
        List<Answer> without = load.run(PER_SECOND, ROUND, _ -> "normal");
        alone.addAll(without);
        try (var slow = new SlowClients(service.port())) {
          List<Answer> with = load.run(PER_SECOND, ROUND, _ -> "normal");
          beside.addAll(with);
          double p99Without = Load.percentile(without, 99);
          double p99With = Load.percentile(with, 99);
          ratios.add(p99With / p99Without);
          figures.add(compared("p99 of a round", p99Without, p99With));
          heapBeside = Math.max(heapBeside, liveHeap(service));
          figures.add("%-28s %d, cut and back %d".formatted("slow clients", SLOW, slow.cut.get()));
        }
      }
      long added = heapBeside - heapAlone >> 20;
      figures.add(compared("p99", Load.percentile(alone, 99), Load.percentile(beside, 99)));
      double ratio = ratios.stream().sorted().skip(ROUNDS / 2).findFirst().orElseThrow();
      figures.add("%-28s %.2f, the median of %s".formatted("p99 beside / alone", ratio, ratios));
      figures.add(compared("p50", Load.percentile(alone, 50), Load.percentile(beside, 50)));
      figures.add("%-28s %d MiB".formatted("live heap added", added));

      assertThat(beside).allMatch(Answer::isGood);
      assertThat(added).isLessThan(64);
      assertThat(ratio).isLessThanOrEqualTo(1.1);
    } finally {
      figures.forEach(System.out::println);
      Files.write(Path.of("target/slow-clients.txt"), figures, StandardCharsets.UTF_8);
    }
  }

  private static String compared(String what, double alone, double beside) {
    return "%-28s %.1f ms alone, %.1f ms beside".formatted(what, alone, beside);
  }

  /** What is in use after a collection. */
  private static long liveHeap(ServiceProcess service) throws Exception {
    String jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    new ProcessBuilder(jcmd, Long.toString(service.pid()), "GC.run")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return service
        .admin()
        .get("/observe/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("jvm_memory_used_bytes{area=\"heap\""))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf("} ") + 2)))
        .sum();
  }

  /**
   * One thread for all of them: what they cost here is not to be felt there. They know nothing of
   * each other, so neither their bytes nor their connections come in step; and they are there, some
   * just begun and some about to be cut, before the others are measured.
   */
  private static final class SlowClients implements AutoCloseable {
    private static final byte[] HEAD =
        ("GET /patients/p-1001 HTTP/1.1\r\nHost: a\r\nX: " + "1".repeat(600))
            .getBytes(StandardCharsets.US_ASCII);

    private static final int STEPS = 200; // of a second
    private static final long STEP = Duration.ofSeconds(1).toNanos() / STEPS;
    private static final int COMING = 10; // seconds in which they come, one tenth each

    private final InetSocketAddress address;
    private final SocketChannel[] channels = new SocketChannel[SLOW];
    private final int[] sent = new int[SLOW];
    private final CountDownLatch allThere = new CountDownLatch(1);
    private final Thread thread;
    private final AtomicInteger cut = new AtomicInteger();

    SlowClients(int port) throws InterruptedException {
      address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      thread = Thread.ofPlatform().daemon().start(this::drip);
      allThere.await();
    }

    private void drip() {
      try {
        long begun = System.nanoTime();
        for (int turn = 0; !Thread.currentThread().isInterrupted(); turn++) {
          for (int i = turn % STEPS; i < SLOW; i += STEPS) {
            dripOne(i, turn / STEPS);
          }
          if (turn == STEPS * COMING) {
            allThere.countDown();
          }
          LockSupport.parkNanos(begun + (turn + 1) * STEP - System.nanoTime());
        }
      } catch (ClosedByInterruptException e) {
        // closed
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } finally {
        allThere.countDown();
      }
    }

    private void dripOne(int i, int second) throws IOException {
      if (channels[i] == null) {
        if (i / STEPS <= second) {
          channels[i] = open();
        }
        return;
      }
      try {
        channels[i].write(ByteBuffer.wrap(HEAD, sent[i]++, 1));
      } catch (ClosedByInterruptException e) {
        throw e;
      } catch (IOException e) {
        channels[i].close();
        channels[i] = open();
        sent[i] = 0;
        cut.incrementAndGet();
      }
    }

    private SocketChannel open() throws IOException {
      var channel = SocketChannel.open(address);
      channel.configureBlocking(false);
      return channel;
    }

    @Override
    public void close() throws IOException {
      thread.interrupt();
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      for (SocketChannel channel : channels) {
        if (channel != null) {
          channel.close();
        }
      }
    }
  }
}
