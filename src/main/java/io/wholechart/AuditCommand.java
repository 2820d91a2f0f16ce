package io.wholechart;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code wholechart audit}. */
@Command(
    name = "audit",
    mixinStandardHelpOptions = true,
    description = "Look into the audit log.",
    subcommands = {
      AuditVerifyCommand.class,
      AuditReportCommand.class,
      AuditReviewCommand.class,
      AuditExportCommand.class,
      AuditProveCommand.class,
      AuditVerifyProofCommand.class,
      AuditShownCommand.class,
      AuditRetainCommand.class
    })
final class AuditCommand implements Runnable {
  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }
}
