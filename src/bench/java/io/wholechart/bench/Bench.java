package io.wholechart.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The command behind {@code make bench}; the package's page says how it measures. */
public final class Bench {
  private static final Path HOME = Path.of("target/wholechart").toAbsolutePath();
  private static final Path LAUNCHER = HOME.resolve("bin/wholechart");
  private static final Path IMAGE =
      Path.of("target/wholechart-image/bin/wholechart").toAbsolutePath();
  private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();
  private static final Path STUBS = Path.of("stubs").toAbsolutePath();
  private static final Path NODE_PEER = Path.of("src/bench/node/aggregator.mjs").toAbsolutePath();
  private static final String MOST_SOURCES = "16";

  private Bench() {}

  /**
   * @param args {@code quick}, {@code audit100}, names of experiments; none is everything in full
   */
  public static void main(String[] args) throws IOException {
    List<String> words = Arrays.stream(args).filter(word -> !word.isBlank()).toList();
    Map<String, Experiment> chosen = experiments();
    List<String> names = words.stream().filter(chosen::containsKey).toList();
    List<String> unknown =
        words.stream()
            .filter(w -> !chosen.containsKey(w) && !List.of("quick", "audit100").contains(w))
            .toList();
    if (!unknown.isEmpty()) {
      System.err.printf("%s: not one of quick, audit100 or %s%n", unknown, chosen.keySet());
      System.exit(64);
    }
    if (!names.isEmpty()) {
      chosen.keySet().retainAll(names);
    }
    runAlone(chosen, words);
  }

  private static Map<String, Experiment> experiments() {
    Map<String, Experiment> experiments = new LinkedHashMap<>();
    experiments.put("cpu", new CpuExperiment());
    experiments.put("access", new AccessExperiment());
    experiments.put("latency", new LatencyExperiment());
    experiments.put("held", new HeldExperiment());
    experiments.put("hung", new HungExperiment());
    experiments.put("start", new StartExperiment(image()));
    experiments.put("growth", new GrowthExperiment());
    experiments.put("journal", new JournalExperiment(LAUNCHER));
    return experiments;
  }

  /** Two at once would measure each other, and clear away each other's folder. */
  private static void runAlone(Map<String, Experiment> chosen, List<String> words)
      throws IOException {
    try (FileChannel lock =
        FileChannel.open(
            FOLDER.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (lock.tryLock() == null) {
        System.err.println("another bench is running here");
        System.exit(1);
      }
      run(chosen, words);
    }
  }

  private static void run(Map<String, Experiment> chosen, List<String> words) throws IOException {
    Runtime.getRuntime()
        .addShutdownHook(
            Thread.ofPlatform()
                .unstarted(
                    () -> ProcessHandle.current().descendants().forEach(ProcessHandle::destroy)));
    Scale scale = words.contains("quick") ? Scale.quick() : Scale.full(words.contains("audit100"));
    List<Contender> contenders = contenders();
    String command =
        words.isEmpty() ? "make bench" : "make bench BENCH='" + String.join(" ", words) + "'";
    var report = new Report(Machine.describe(command, scale, contenders));
    Path work = FOLDER.resolve("run");
    deleteTree(work);
    Files.createDirectories(work);
    List<String> stubs = java(StubSources.class, STUBS.toString(), MOST_SOURCES);
    try (var stub = new Stub(stubs)) {
      var lab = new Lab(scale, stub, stubs, contenders, work);
      for (var experiment : chosen.entrySet()) {
        run(experiment.getKey(), experiment.getValue(), lab, report);
      }
    }
    report.write(FOLDER);
    if (!report.isWhole()) {
      System.exit(1);
    }
  }

  /** One that fails does not take the tables of the others along. */
  private static void run(String name, Experiment experiment, Lab lab, Report report)
      throws IOException {
    try {
      experiment.run(lab, report);
    } catch (IOException | RuntimeException e) {
      e.printStackTrace();
      report.missing(name, e);
    }
  }

  private static List<Contender> contenders() throws IOException {
    List<Contender> contenders = new ArrayList<>();
    contenders.add(
        new Contender(
            Contender.OURS,
            output(LAUNCHER.toString(), "--version").replace("wholechart ", ""),
            folder -> serve(LAUNCHER, folder)));
    contenders.add(
        new Contender(
            Contender.VERTX,
            version("vertx-core-"),
            folder -> java(VertxAggregator.class, folder.resolve("peer.json").toString())));
    String node = output("node", "--version");
    if (node.isEmpty()) {
      Lab.say("there is no `node` on the PATH: the Node peer is left out, and its column with it");
    } else {
      contenders.add(
          new Contender(
              Contender.NODE,
              node,
              folder ->
                  List.of("node", NODE_PEER.toString(), folder.resolve("peer.json").toString())));
    }
    return contenders;
  }

  private static List<Contender> image() {
    return Files.exists(IMAGE)
        ? List.of(new Contender(Contender.OURS + " (image)", "", folder -> serve(IMAGE, folder)))
        : List.of();
  }

  private static List<String> serve(Path launcher, Path folder) {
    String config = folder.resolve("wholechart.yaml").toString();
    return List.of(launcher.toString(), "serve", "--config", config);
  }

  /**
   * A process of ours on this JDK with its default flags. Of the service's libraries it gets only
   * Jackson: with a logger on its class path, Netty would fill a log.
   */
  private static List<String> java(Class<?> main, String... args) {
    try (Stream<Path> jars = Files.list(HOME.resolve("lib"))) {
      String jackson =
          jars.map(Path::toString)
              .filter(jar -> jar.matches(".*/jackson-(core|databind|annotations)-[^/]*"))
              .collect(Collectors.joining(":"));
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "--enable-native-access=ALL-UNNAMED",
                  "--sun-misc-unsafe-memory-access=allow",
                  "-cp",
                  FOLDER.resolve("classes") + ":" + FOLDER.resolve("lib") + "/*:" + jackson,
                  main.getName()));
      command.addAll(List.of(args));
      return command;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static String version(String jar) throws IOException {
    try (Stream<Path> jars = Files.list(FOLDER.resolve("lib"))) {
      return jars.map(path -> path.getFileName().toString())
          .filter(name -> name.matches(jar + "\\d.*"))
          .map(name -> name.substring(jar.length()).replace(".jar", ""))
          .findFirst()
          .orElse("unknown");
    }
  }

  private static String output(String... command) {
    try {
      Process process = new ProcessBuilder(command).start();
      return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    } catch (IOException e) {
      return ""; // there is no such program
    }
  }

  private static void deleteTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> paths = Files.walk(folder)) {
      for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
