package io.wholechart;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Four sources with the stub hospital's bodies that hold every call for a while. Hardly more than a
 * socket each: with twelve thousand calls, a whole HTTP server's own work would be measured, and
 * not the service.
 */
final class HeldHospital implements AutoCloseable {
  /** This one lets nobody go until all are there, however slow the machine is. */
  static final String GATE = "imaging";

  /** Patients whom all four sources know, with one page at each. */
  static final List<String> PATIENTS =
      List.of("p-1001", "p-1002", "p-1003", "p-1004", "p-1005", "p-1008", "p-1009", "p-1010");

  private static final Pattern PATIENT = Pattern.compile("p-\\d{4}");
  private static final Pattern TYPE = Pattern.compile("/fhir/(\\w+)\\?");
  private static final Map<String, String> CONTENT_TYPES =
      Map.of(
          "ehr", "application/fhir+json",
          "lab", "application/hl7-v2",
          "imaging", "application/dicom+json",
          "pharmacy", "application/fhir+json");

  private final Path stubs;
  private final Duration hold;
  private final CountDownLatch all;
  private final Map<String, Desk> desks = new LinkedHashMap<>();
  private final Map<Path, byte[]> bodies = new ConcurrentHashMap<>();
  private volatile boolean isHolding = true;

  /**
   * @param hold how long each call is held
   * @param crowd how many callers are waited for
   */
  HeldHospital(Path stubs, Duration hold, int crowd) throws IOException {
    this.stubs = stubs;
    this.hold = hold;
    this.all = new CountDownLatch(crowd);
    for (String source : CONTENT_TYPES.keySet()) {
      desks.put(source, new Desk(source));
    }
  }

  /** Whether calls are held from now on, or answered at once and not counted for the gate. */
  void hold(boolean isHolding) {
    this.isHolding = isHolding;
  }

  String url(String source) {
    return "http://127.0.0.1:" + desks.get(source).server.getLocalPort();
  }

  /** How many calls of a source were held at the same time, at most. */
  int mostAtOnce(String source) {
    return desks.get(source).mostAtOnce.get();
  }

  @Override
  public void close() throws IOException {
    for (Desk desk : desks.values()) {
      desk.server.close();
    }
  }

  private final class Desk {
    private final String source;
    private final ServerSocket server = new ServerSocket(0, 8192, InetAddress.getLoopbackAddress());
    private final AtomicInteger held = new AtomicInteger();
    private final AtomicInteger mostAtOnce = new AtomicInteger();

    Desk(String source) throws IOException {
      this.source = source;
      Thread.startVirtualThread(() -> {
        try {
          while (true) {
            Socket socket = server.accept();
            Thread.startVirtualThread(() -> serve(socket));
          }
        } catch (IOException e) {
          // closed
        }
      });
    }

    private void serve(Socket socket) {
      try (socket) {
        socket.setTcpNoDelay(true);
        var in =
            new BufferedReader(
                new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII), 1024);
        for (String line = in.readLine(); line != null; line = in.readLine()) {
          while (!in.readLine().isEmpty()) {
            // headers
          }
          if (isHolding) {
            hold();
          }
          answer(line, socket.getOutputStream());
        }
      } catch (IOException e) {
        // the service has hung up
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    private void hold() throws InterruptedException {
      mostAtOnce.accumulateAndGet(held.incrementAndGet(), Math::max);
      if (source.equals(GATE)) {
        all.countDown();
        all.await(4, TimeUnit.MINUTES);
      }
      Thread.sleep(hold);
      held.decrementAndGet();
    }

    private void answer(String requestLine, OutputStream out) throws IOException {
      byte[] body = bodies.computeIfAbsent(file(requestLine), HeldHospital::read);
      String head =
          "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
              .formatted(CONTENT_TYPES.get(source), body.length);
      out.write(head.getBytes(StandardCharsets.US_ASCII));
      out.write(body);
    }

    private Path file(String requestLine) {
      Matcher patient = PATIENT.matcher(requestLine);
      Matcher type = TYPE.matcher(requestLine);
      if (!patient.find()) {
        throw new IllegalStateException("no patient in " + requestLine);
      }
      String name =
          switch (source) {
            case "lab" -> ".hl7";
            case "pharmacy" -> type.find() ? "-" + type.group(1) + ".json" : "";
            default -> ".json";
          };
      return stubs.resolve(source).resolve("__files").resolve(patient.group() + name);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
