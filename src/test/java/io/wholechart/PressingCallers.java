package io.wholechart;

import io.wholechart.faults.PatientMark;
import io.wholechart.patient.Urgency;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Callers who ask for one patient after the other, each for another one every time, and look
 * through every byte that they get. They cost little: what is tried is the service.
 */
final class PressingCallers {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final byte[] CUT_OFF =
      "\"status\":\"timeout\"".getBytes(StandardCharsets.US_ASCII);

  private final int port;
  private final AtomicInteger next;
  private final LongAdder answers = new LongAdder();
  private final LongAdder own = new LongAdder();
  private final LongAdder foreign = new LongAdder();
  private final LongAdder cutOff = new LongAdder();
  private final LongAdder left = new LongAdder();
  private final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
  private final Set<String> complaints = ConcurrentHashMap.newKeySet();

  /**
   * @param first the number of the first patient; the others follow
   */
  PressingCallers(int port, int first) {
    this.port = port;
    this.next = new AtomicInteger(first);
  }

  /** Returns when nobody asks any more. */
  void ask(int callers, BooleanSupplier isEnough) throws InterruptedException {
    List<Thread> threads =
        IntStream.range(0, callers)
            .mapToObj(_ -> Thread.startVirtualThread(() -> pressOn(isEnough)))
            .toList();
    for (Thread thread : threads) {
      thread.join();
    }
  }

  long answers() {
    return answers.sum();
  }

  /** Values of the patient who was asked for. */
  long own() {
    return own.sum();
  }

  /** Values of anybody else. */
  long foreign() {
    return foreign.sum();
  }

  /** Sources that the deadline cut off. */
  long cutOff() {
    return cutOff.sum();
  }

  /** Callers who did not wait for their answer. */
  long left() {
    return left.sum();
  }

  Map<Integer, LongAdder> statuses() {
    return statuses;
  }

  Set<String> complaints() {
    return complaints;
  }

  private void pressOn(BooleanSupplier isEnough) {
    while (!isEnough.getAsBoolean()) {
      try (var connection = new Connection()) {
        boolean isKept = true;
        while (isKept && !isEnough.getAsBoolean()) {
          isKept = connection.ask(new PatientMark(next.getAndIncrement()));
        }
      } catch (IOException e) {
        complaints.add(e.toString());
        return;
      }
    }
  }

  private final class Connection implements AutoCloseable {
    private final Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
    private final InputStream in = socket.getInputStream();
    private byte[] answer = new byte[32 * 1024];
    private int length;

    Connection() throws IOException {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout((int) PATIENCE.toMillis());
    }

    /** Asks, and looks through the answer; one caller in a hundred does not wait for it. */
    boolean ask(PatientMark patient) throws IOException {
      Urgency urgency = Urgency.values()[patient.number() % 3];
      String request =
          "GET /patients/%s?urgency=%s HTTP/1.1\r\nHost: wholechart\r\n\r\n"
              .formatted(patient.id(), urgency.key());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      if (patient.number() % 100 == 0) {
        left.increment();
        return false;
      }
      read();
      PatientMark.Seen seen = patient.lookThrough(answer, length);
      answers.increment();
      own.add(seen.own());
      foreign.add(seen.foreign());
      cutOff.add(count(CUT_OFF));
      statuses
          .computeIfAbsent(
              100 * (answer[9] - '0') + 10 * (answer[10] - '0') + answer[11] - '0',
              _ -> new LongAdder())
          .increment();
      return true;
    }

    private void read() throws IOException {
      length = 0;
      int body = -1;
      long whole = Long.MAX_VALUE;
      while (length < whole) {
        if (length == answer.length) {
          answer = Arrays.copyOf(answer, 2 * length);
        }
        int more = in.read(answer, length, answer.length - length);
        if (more < 0) {
          throw new IOException("the service broke off an answer");
        }
        length += more;
        if (body < 0) {
          body = endOfHead();
          whole = body < 0 ? Long.MAX_VALUE : body + contentLength(body);
        }
      }
    }

    private int endOfHead() {
      for (int i = 3; i < length; i++) {
        if (answer[i] == '\n' && answer[i - 2] == '\n') {
          return i + 1;
        }
      }
      return -1;
    }

    private long contentLength(int head) throws IOException {
      String text =
          new String(answer, 0, head, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      int at = text.indexOf("content-length:");
      if (at < 0) {
        throw new IOException("an answer that does not say its length");
      }
      return Long.parseLong(
          text.substring(at + "content-length:".length(), text.indexOf('\r', at)).strip());
    }

    private int count(byte[] text) {
      int count = 0;
      for (int i = 0; i + text.length <= length; i++) {
        int same = 0;
        while (same < text.length && answer[i + same] == text[same]) {
          same++;
        }
        count += same == text.length ? 1 : 0;
      }
      return count;
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
