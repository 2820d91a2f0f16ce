package io.wholechart;

import io.wholechart.config.Settings;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wholechart demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Run the service together with a stub hospital of synthetic patients, until Ctrl-C.")
final class DemoCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--tour",
      description = "Ask a few questions, with and without an outage, and end.")
  private boolean isTour;

  @Override
  public Integer call() throws IOException, InterruptedException {
    Settings settings = config.load().settings();
    try (var termination = Termination.onSignal();
        var hospital = StubHospitalProcess.start(Home.folder().resolve("demo"));
        var service = Service.start(settings)) {
      String url = "http://127.0.0.1:" + service.port() + "/patients/p-1001?urgency=emergency";
      if (isTour) {
        new Tour(url, hospital.control()).walk();
        return 0;
      }
      System.out.printf(
          """

          A hospital of synthetic patients and the service are up. Try:

            curl -s '%s'

          Then take a source away, and ask again:

            make outage SOURCE=imaging KIND=hang
            make heal

          Patients p-1001 to p-1013; Ctrl-C ends it all.
          """,
          url);
      termination.await();
      return 0;
    }
  }
}
