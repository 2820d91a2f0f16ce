package io.wholechart;

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
    try (var termination = Termination.onSignal();
        var service = Service.start(config.load().settings())) {
      System.err.printf(
          "wholechart listens on port %d, health and metrics on port %d; callers are not authenticated%n",
          service.port(), service.adminPort());
      termination.await();
      return 0;
    }
  }
}
