package io.wholechart;

import io.wholechart.Distribution.Ended;
import io.wholechart.audit.AuditSettings;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** {@code wholechart audit …} on the log of a service that a test runs, in this process. */
record AuditCommands(Path directory) {
  /** Of a command that reads the log. */
  Ended run(String command, String... arguments) {
    List<String> all = new ArrayList<>(List.of("audit", command, "--dir", directory.toString()));
    all.add("--set");
    all.add("audit.signingKey=" + new AuditSettings(directory).signingKey());
    all.addAll(List.of(arguments));
    return wholechart(all.toArray(String[]::new));
  }

  static Ended wholechart(String... arguments) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    PrintStream realOut = System.out;
    PrintStream realErr = System.err;
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    try {
      int exitCode = Wholechart.run(arguments);
      return new Ended(
          exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    } finally {
      System.setOut(realOut);
      System.setErr(realErr);
    }
  }
}
