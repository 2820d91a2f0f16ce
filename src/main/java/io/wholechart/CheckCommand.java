package io.wholechart;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code wholechart check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = "Read the configuration as serve would, and print what comes of it.")
final class CheckCommand implements Callable<Integer> {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Override
  public Integer call() {
    System.out.print(config.load().describe());
    return 0;
  }
}
