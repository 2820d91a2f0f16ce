package io.wholechart.hospital;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Runs the service against a hospital of its own, asks it what it is asked all day, and has it end:
 * a run for the JDK to learn from. Everything is on free ports and in folders that are removed.
 */
final class Rehearsal {
  private static final Pattern LISTENING =
      Pattern.compile("listens on port (\\d+), health and metrics on port (\\d+)");
  private static final List<String> URGENCIES = List.of("normal", "urgent", "emergency");
  private static final int FIRST = 1001;
  private static final int PATIENTS = 13;
  private static final int ROUNDS = 6;
  private static final int MOST_REFUSALS = 100;
  private static final int CALLERS = 8;
  private static final int MOST_CALLS = 2000;
  private static final Duration LONGEST_PRACTICE = Duration.ofSeconds(15);
  private static final int CROWDS = 4;
  private static final int CROWD = 100;

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Duration limit;

  private Rehearsal(Duration limit) {
    this.limit = limit;
  }

  /** Arguments: the folder of stubs, the seconds that it may take, and how to start the service. */
  public static void main(String[] arguments) {
    Duration limit = Duration.ofSeconds(Long.parseLong(arguments[1]));
    Thread.ofPlatform().daemon().start(() -> endAfter(limit));
    try {
      List<String> command = List.of(arguments).subList(2, arguments.length);
      new Rehearsal(limit).perform(Path.of(arguments[0]), command);
      System.exit(0);
    } catch (Throwable e) { // a class that a runtime lacks among them
      e.printStackTrace();
      System.exit(1); // threads of a hospital that opened half-way would hold the process up
    }
  }

  /** Whatever hangs, on this side or the other. */
  private static void endAfter(Duration limit) {
    try {
      boolean _ = new CountDownLatch(1).await(limit.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    System.out.println("not done after " + limit.toSeconds() + " s");
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(1);
  }

  private void perform(Path stubs, List<String> command) throws IOException, InterruptedException {
    Path audit = Files.createTempDirectory("rehearsal");
    try (var hospital = StubHospital.start(stubs, Ports.dynamic())) {
      List<String> whole = new ArrayList<>(command);
      whole.addAll(settings(hospital, audit));
      run(new ProcessBuilder(whole).redirectErrorStream(true).start(), hospital);
    } finally {
      remove(audit);
    }
  }

  private static List<String> settings(StubHospital hospital, Path audit) {
    return Stream.of(
            "sources.ehr.url=" + hospital.url("ehr") + "/fhir",
            "sources.lab.url=" + hospital.url("lab"),
            "sources.imaging.url=" + hospital.url("imaging") + "/dicom-web",
            "sources.pharmacy.url=" + hospital.url("pharmacy") + "/fhir",
            "deadline.emergency=1s", // which the silence takes each time
            "sourceDefaults.breaker.minimumCalls=1000000", // or the second silence is none
            "audit.directory=" + audit,
            "audit.signingKey=" + audit.resolve("keys/key.pem"),
            "server.port=0",
            "admin.port=0")
        .<String>mapMulti((setting, words) -> {
          words.accept("--set");
          words.accept(setting);
        })
        .collect(() -> new ArrayList<>(List.of("serve")), List::add, List::addAll);
  }

  private void run(Process service, StubHospital hospital)
      throws IOException, InterruptedException {
    try (BufferedReader said = service.inputReader(StandardCharsets.UTF_8)) {
      Matcher ports = awaitStart(said);
      Thread.ofVirtual().start(() -> said.lines().forEach(System.out::println));
      String api = "http://127.0.0.1:" + ports.group(1);
      ask(api, "http://127.0.0.1:" + ports.group(2));
      practise(api);
      despair(api, hospital);
      // SIGTERM, and what was learnt is written before the process is gone. By its handle: Process
      // would close the pipe, and who writes into it would die.
      service.toHandle().destroy();
      service.waitFor();
    } finally {
      kill(service);
    }
  }

  /** Until it listens and has warmed up, in whichever order it says so. */
  private static Matcher awaitStart(BufferedReader said) throws IOException {
    Matcher ports = LISTENING.matcher("");
    boolean isListening = false;
    boolean isWarm = false;
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      System.out.println(line);
      isListening = isListening || ports.reset(line).find();
      isWarm = isWarm || line.contains("ready after a warm-up");
      if (isListening && isWarm) {
        return ports;
      }
    }
    throw new IOException("the service did not start; what it said stands above");
  }

  private void ask(String api, String admin) throws IOException, InterruptedException {
    for (int round = 0; round < ROUNDS; round++) {
      for (int number = 0; number < PATIENTS; number++) {
        askForWhole(chart(api, round * PATIENTS + number));
      }
      status(api + "/patients/p-9999"); // nobody
      status(api + "/patients/p-1001?urgency=none");
      status(admin + "/observe/metrics");
    }
  }

  /** A disk that a build has just filled may stall for a moment: the service says 503 meanwhile. */
  private void askForWhole(String url) throws IOException, InterruptedException {
    int status = status(url);
    for (int again = 0; status == 503 && again < MOST_REFUSALS; again++) {
      Thread.sleep(Duration.ofMillis(200));
      status = status(url);
    }
    if (status != 200) {
      throw new IOException(url + " was answered " + status);
    }
  }

  /**
   * Many at once, so that what is hot shows. With its profile in the cache a method is compiled for
   * good as soon as it is used, and not after it was measured again in the first users' minute.
   */
  private void practise(String api) throws InterruptedException {
    long end = System.nanoTime() + LONGEST_PRACTICE.toNanos();
    var asked = new AtomicInteger();
    together(CALLERS, _ -> call(api, asked, end));
  }

  private void call(String api, AtomicInteger asked, long end) {
    int number = asked.getAndIncrement();
    while (number < MOST_CALLS && System.nanoTime() < end) {
      ask(chart(api, number));
      number = asked.getAndIncrement();
    }
  }

  /**
   * Asks while no source says anything. What a deadline runs, for a whole crowd at once, is
   * otherwise compiled when it strikes for the first time: on the processors that everybody is
   * waiting for.
   */
  private void despair(String api, StubHospital hospital) throws InterruptedException {
    Ports.SOURCES.forEach(source -> hospital.outage(source, Outage.HANG));
    for (int crowd = 0; crowd < CROWDS; crowd++) {
      together(CROWD, number -> ask(chart(api, number, "emergency")));
    }
  }

  /** Returns when all have done it; each is told its number. */
  private static void together(int callers, IntConsumer what) throws InterruptedException {
    List<Thread> all = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      int number = i;
      all.add(Thread.ofVirtual().start(() -> what.accept(number)));
    }
    for (Thread caller : all) {
      caller.join();
    }
  }

  private void ask(String url) {
    try {
      status(url);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // the rounds before have shown that it answers
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Number by number another patient and urgency, until every pair has had its turn. */
  private static String chart(String api, int number) {
    return chart(api, number, URGENCIES.get(number % URGENCIES.size()));
  }

  private static String chart(String api, int number, String urgency) {
    return api + "/patients/p-" + (FIRST + number % PATIENTS) + "?urgency=" + urgency;
  }

  private int status(String url) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(limit).build();
    HttpResponse<Void> response = http.send(request, BodyHandlers.discarding());
    return response.statusCode();
  }

  /** With its children: the JDK writes what it has learnt in a process of its own. */
  private static void kill(Process service) {
    service.descendants().forEach(ProcessHandle::destroyForcibly);
    service.destroyForcibly();
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(Rehearsal::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
