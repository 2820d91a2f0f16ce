package io.wholechart;

import io.wholechart.access.AccessSettings;
import io.wholechart.config.Settings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wholechart serve}. */
@Command(
    name = "serve",
    mixinStandardHelpOptions = true,
    description = "Run the service.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "1:did not start; the message says why",
      "64:wrong usage",
      "130:told to end by Ctrl-C; what was under way was answered first",
      "143:told to end by SIGTERM; likewise"
    })
final class ServeCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = config.load().settings();
    try (var termination = Termination.onSignal();
        var service = Service.start(settings)) {
      System.err.printf(
          "wholechart listens on port %d, health and metrics on port %d; %s%n",
          service.port(), service.adminPort(), callers(settings.access().mode()));
      termination.await();
      return 0;
    }
  }

  private static String callers(AccessSettings.Mode mode) {
    return switch (mode) {
      case LOOPBACK -> "callers are not authenticated (access.mode: loopback)";
      case OAUTH -> "callers show a token (access.mode: oauth)";
    };
  }
}
