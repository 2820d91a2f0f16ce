package io.wholechart.hospital;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** The hospital as a program of its own. */
final class CommandLine {
  private static final String USAGE =
      """
      Usage: hospital --stubs DIR [options]

      Opens four stub sources and a control socket until it is told to end.

        --stubs DIR             the folder with ehr, lab, imaging and pharmacy
        --host H                where the sources listen (default 127.0.0.1)
        --port SOURCE=N         the port of one source, 0 for any free one
                                (default ehr=9101 lab=9102 imaging=9103 pharmacy=9104)
        --control-port N        the port of the control socket, 0 for any free one (default 9100)
        --until-stdin-closes    end when standard input does, so as never to outlive a parent
        --help                  this text

      Outages: curl -X PUT http://127.0.0.1:9100/outages/SOURCE/KIND
               curl -X DELETE http://127.0.0.1:9100/outages
        SOURCE is one of %s
        KIND is one of %s
      """
          .formatted(String.join(", ", Ports.SOURCES), String.join(", ", Outage.keys()));

  private @Nullable Path stubs;
  private String host = Ports.standard().host();
  private final TreeMap<String, Integer> ports = new TreeMap<>(Ports.standard().bySource());
  private int controlPort = Ports.standard().control();
  private boolean untilStdinCloses;
  private boolean help;

  private static final class Misuse extends Exception {
    Misuse(String problem) {
      super(problem);
    }
  }

  private CommandLine() {}

  /** Runs the program to its end; the result is the exit status. */
  static int run(String[] arguments, InputStream in, PrintStream out, PrintStream err) {
    CommandLine line = new CommandLine();
    try {
      line.read(new ArrayDeque<>(List.of(arguments)));
      if (line.help) {
        out.print(USAGE);
        return 0;
      }
      if (line.stubs == null) {
        throw new Misuse("--stubs is missing");
      }
      serve(line, line.stubs, in, out);
      return 0;
    } catch (Misuse e) {
      err.println("hospital: " + e.getMessage() + "; see --help");
      return 2;
    } catch (HospitalFailure e) {
      err.println("hospital: " + e.getMessage());
      return 1;
    }
  }

  private static void serve(CommandLine line, Path stubs, InputStream in, PrintStream out) {
    try (StubHospital hospital = StubHospital.start(stubs, line.ports())) {
      // On SIGTERM the main thread still waits below, so that the hook has to close.
      Runtime.getRuntime().addShutdownHook(new Thread(hospital::close));
      Ports.SOURCES.forEach(source -> out.printf("%-9s %s%n", source, hospital.url(source)));
      out.printf("%-9s %s/outages%n", "control", hospital.controlUrl());
      out.println("hospital ready");
      out.flush();
      if (line.untilStdinCloses) {
        in.transferTo(OutputStream.nullOutputStream());
      } else {
        new CountDownLatch(1).await();
      }
    } catch (IOException | InterruptedException e) {
      // Standard input broke, or the thread was told to stop: either way this is the end.
    }
  }

  private void read(Deque<String> words) throws Misuse {
    while (!words.isEmpty()) {
      String option = words.remove();
      switch (option) {
        case "--stubs" -> stubs = Path.of(value(option, words));
        case "--host" -> host = value(option, words);
        case "--port" -> readPort(value(option, words));
        case "--control-port" -> controlPort = number(option, value(option, words));
        case "--until-stdin-closes" -> untilStdinCloses = true;
        case "--help" -> help = true;
        default -> throw new Misuse("unknown option " + option);
      }
    }
  }

  private void readPort(String assignment) throws Misuse {
    String[] sides = assignment.split("=", 2);
    if (sides.length != 2 || !Ports.SOURCES.contains(sides[0])) {
      throw new Misuse(
          "--port wants SOURCE=N with one of "
              + String.join(", ", Ports.SOURCES)
              + ", not "
              + assignment);
    }
    ports.put(sides[0], number("--port", sides[1]));
  }

  private static String value(String option, Deque<String> words) throws Misuse {
    if (words.isEmpty()) {
      throw new Misuse(option + " wants a value");
    }
    return words.remove();
  }

  private static int number(String option, String text) throws Misuse {
    if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > 65_535) {
      throw new Misuse(option + " wants a port between 0 and 65535, not " + text);
    }
    return Integer.parseInt(text);
  }

  private Ports ports() {
    return new Ports(
        host,
        ports.get("ehr"),
        ports.get("lab"),
        ports.get("imaging"),
        ports.get("pharmacy"),
        controlPort);
  }
}
