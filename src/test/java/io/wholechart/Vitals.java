package io.wholechart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * How a service is doing while this is open, by its own metrics and by the kernel: the highest of
 * what was seen, ten times a second.
 */
final class Vitals implements AutoCloseable {
  private static final Map<String, Pattern> METRICS =
      Map.of(
          "heap", Pattern.compile("(?m)^jvm_memory_used_bytes\\{area=\"heap\",.*} (\\S+)$"),
          "open files", Pattern.compile("(?m)^process_files_open_files (\\S+)$"));
  private static final Map<String, Pattern> KERNEL =
      Map.of(
          "RSS", Pattern.compile("(?m)^VmRSS:\\s+(\\d+) kB$"),
          "threads", Pattern.compile("(?m)^Threads:\\s+(\\d+)$"));

  private final ServiceProcess service;
  private final Map<String, Long> highest = new TreeMap<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final Thread watch;
  private int looks;

  Vitals(ServiceProcess service) {
    this.service = service;
    this.watch = Thread.startVirtualThread(this::watch);
  }

  /** To be asked when closed; 0 where it could not be seen. */
  long highest(String what) {
    return highest.getOrDefault(what, 0L);
  }

  /** How often it was looked at. */
  int looks() {
    return looks;
  }

  @Override
  public void close() {
    end.countDown();
    try {
      watch.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void watch() {
    Path status = Path.of("/proc", Long.toString(service.pid()), "status");
    try {
      do {
        look(METRICS, service.admin().get("/observe/metrics").response().body());
        if (Files.exists(status)) { // Linux
          look(KERNEL, Files.readString(status, StandardCharsets.UTF_8));
        }
        looks++;
      } while (!end.await(100, TimeUnit.MILLISECONDS));
    } catch (IOException e) {
      // the service is gone, which whoever asks it something hears as well
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void look(Map<String, Pattern> patterns, String text) {
    patterns.forEach((what, pattern) -> {
      double sum =
          pattern.matcher(text).results().mapToDouble(r -> Double.parseDouble(r.group(1))).sum();
      highest.merge(what, (long) sum, Math::max);
    });
  }
}
