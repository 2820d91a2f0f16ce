package io.wholechart;

import io.wholechart.audit.AuditVerifier;
import io.wholechart.journal.Verification;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code wholechart audit}. */
@Command(name = "audit", mixinStandardHelpOptions = true, description = "Look into the audit log.")
final class AuditCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  @Command(
      name = "verify",
      mixinStandardHelpOptions = true,
      description = "Check that the audit log is whole and in order.",
      exitCodeListHeading = "%nExit codes:%n",
      exitCodeList = {
        "0:whole",
        "1:there is no log to be read",
        "2:whole but for a torn tail that was never acknowledged",
        "3:altered",
        "4:truncated",
        "5:forked",
        "6:gap",
        "8:wrong epoch or key"
      })
  int verify(
      @Option(
              names = "--dir",
              paramLabel = "DIR",
              required = true,
              description = "The directory that audit.directory names.")
          Path directory)
      throws IOException {
    Verification verification = AuditVerifier.verify(directory);
    System.out.println(verification.describe());
    return verification.exitCode();
  }
}
