package io.wholechart;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line. */
@Command(
    name = "wholechart",
    mixinStandardHelpOptions = true,
    versionProvider = Wholechart.Version.class,
    description = "One call, the whole chart by the deadline, or exactly which part is missing.",
    subcommands = {ServeCommand.class, CheckCommand.class, AuditCommand.class, DemoCommand.class},
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {"0:done", "1:failed; the message says why", "64:wrong usage"})
public final class Wholechart implements Runnable {
  private static final int WRONG_USAGE =
      64; // EX_USAGE of sysexits.h; audit verify needs 2 for itself

  @Spec
  @SuppressWarnings("NullAway.Init") // picocli sets it
  private CommandSpec spec;

  public static void main(String[] args) {
    Carriers.provide();
    AotCache.refusal().ifPresent(System.err::println);
    System.exit(run(args));
  }

  static int run(String... args) {
    return new CommandLine(new Wholechart())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(Wholechart::wrongUsage)
        .setExecutionExceptionHandler(Wholechart::failed)
        .execute(args);
  }

  @Override
  public void run() {
    spec.commandLine().usage(System.out);
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    System.err.println(e.getMessage());
    CommandLine.UnmatchedArgumentException.printSuggestions(e, System.err);
    System.err.println("Try --help.");
    return WRONG_USAGE;
  }

  private static int failed(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
    // What a user can mend has a message that says how; a stack trace is for what nobody foresaw.
    if (e instanceof java.io.IOException
        || e instanceof IllegalArgumentException
        || e instanceof io.wholechart.config.InvalidSettingsException) {
      System.err.println(e.getMessage());
    } else {
      e.printStackTrace();
    }
    return 1;
  }

  /** As which the jar was built. */
  static String version() {
    String version = Wholechart.class.getPackage().getImplementationVersion();
    return version == null ? "unpacked" : version;
  }

  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"wholechart " + version()};
    }
  }
}
