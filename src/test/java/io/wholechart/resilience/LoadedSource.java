package io.wholechart.resilience;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * A laboratory that can be slow, fail or hang, and counts what it is asked. It costs little CPU.
 */
final class LoadedSource implements AutoCloseable {
  private static final String MESSAGE =
      "MSH|^~\\&|LAB|HOSP|||20261001120000+0200||ORU^R01|M1|P|2.5.1\rPID|1||p-1\r"
          + "OBX|1|ST|882-1^Group^LN||A|||||F\r";

  private static final Duration SETTLED = Duration.ofMillis(100);

  /** What it does with a request. */
  sealed interface Deed {
    record Answer(long afterMillis) implements Deed {}

    record Fail() implements Deed {}

    record Hang() implements Deed {}
  }

  /** Which deed the how-manieth request gets. */
  interface Behaviour {
    Deed of(int request);
  }

  private final ServerSocketChannel server = ServerSocketChannel.open();
  private final long start = System.nanoTime();
  private final Map<SocketChannel, Long> hung = new ConcurrentHashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final AtomicInteger mostHung = new AtomicInteger();
  private final AtomicIntegerArray perSecond = new AtomicIntegerArray(3600);
  private volatile Behaviour behaviour;

  LoadedSource(Behaviour behaviour) throws IOException {
    this.behaviour = behaviour;
    server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    Thread.ofVirtual().start(this::accept);
  }

  static Behaviour answering(long afterMillis) {
    return _ -> new Deed.Answer(afterMillis);
  }

  String url() throws IOException {
    return "http://127.0.0.1:" + ((InetSocketAddress) server.getLocalAddress()).getPort();
  }

  void behave(Behaviour other) {
    behaviour = other;
  }

  int requests() {
    return requests.get();
  }

  /** How many requests were left hanging at the same time, at most. */
  int mostHung() {
    return mostHung.get();
  }

  /** Requests that came in each second since the beginning, up to now. */
  int[] perSecond() {
    int[] counts = new int[second()];
    for (int i = 0; i < counts.length; i++) {
      counts[i] = perSecond.get(i);
    }
    return counts;
  }

  int second() {
    return (int) ((System.nanoTime() - start) / 1_000_000_000L);
  }

  private void accept() {
    try {
      while (true) {
        SocketChannel channel = server.accept();
        Thread.ofVirtual().start(() -> serve(channel));
      }
    } catch (IOException e) {
      // closed
    }
  }

  private void serve(SocketChannel channel) {
    try (Socket socket = channel.socket()) {
      socket.setTcpNoDelay(true);
      InputStream in = socket.getInputStream();
      while (skipRequest(in)) {
        perSecond.incrementAndGet(second());
        switch (behaviour.of(requests.getAndIncrement())) {
          case Deed.Answer(long after) -> {
            Thread.sleep(after);
            answer(socket.getOutputStream(), "200 OK", MESSAGE);
          }
          case Deed.Fail _ -> answer(socket.getOutputStream(), "500 Oh", "");
          case Deed.Hang _ -> {
            hang(channel);
            return;
          }
        }
      }
    } catch (IOException e) {
      // The caller has given up.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean skipRequest(InputStream in) throws IOException {
    int line = -1;
    for (int c = in.read(); c >= 0; c = in.read()) {
      if (c == '\n' && line == 0) {
        return true;
      }
      line = c == '\n' ? 0 : c == '\r' ? Math.max(line, 0) : line < 0 ? 1 : line + 1;
    }
    return false;
  }

  private static void answer(OutputStream out, String status, String body) throws IOException {
    String text =
        "HTTP/1.1 " + status + "\r\nContent-Type: text/plain\r\nContent-Length: " + body.length();
    out.write((text + "\r\n\r\n" + body).getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  /** Says nothing until the caller hangs up. */
  private void hang(SocketChannel channel) throws IOException, InterruptedException {
    channel.configureBlocking(false);
    hung.put(channel, System.nanoTime());
    while (!hasHungUp(channel)) {
      Thread.sleep(SETTLED);
      countHung();
    }
    hung.remove(channel);
  }

  /**
   * Only who has been there for a while, and is there now: where a caller has hung up and another
   * has come in its place, the kernel may tell of the second first.
   */
  private void countHung() {
    hung.keySet().removeIf(LoadedSource::hasHungUp);
    long now = System.nanoTime();
    int settled =
        (int) hung.values().stream().filter(since -> now - since >= SETTLED.toNanos()).count();
    mostHung.accumulateAndGet(settled, Math::max);
  }

  private static boolean hasHungUp(SocketChannel channel) {
    try {
      return channel.read(ByteBuffer.allocate(1)) < 0;
    } catch (IOException e) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    server.close();
  }
}
