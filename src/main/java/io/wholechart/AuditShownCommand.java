package io.wholechart;

import io.wholechart.disclosure.AccessReceipt;
import io.wholechart.disclosure.Description;
import io.wholechart.disclosure.Shown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wholechart audit what-was-shown}. */
@Command(
    name = "what-was-shown",
    mixinStandardHelpOptions = true,
    description = {
      "Whether a file is what an answer showed, byte for byte.",
      "",
      "The log keeps no answers, only their SHA-256; of one patient in a batch, that of the line."
    },
    footerHeading = "%nExample:%n",
    footer = {
      "  wholechart audit what-was-shown --receipt 'node-7;seq=4711;size=4700' --file answer.json"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:these were the bytes",
      "1:there is no such record, it is not signed for yet, or it is of no answer",
      "3:other bytes were shown",
      "64:wrong usage"
    })
final class AuditShownCommand implements Callable<Integer> {
  private static final int OTHER = 3;

  @Mixin private AuditOptions log = new AuditOptions();

  @Option(
      names = "--receipt",
      paramLabel = "R",
      required = true,
      converter = ReceiptOption.class,
      description = "What the answer said in X-Audit-Receipt.")
  private @Nullable AccessReceipt receipt;

  @Option(
      names = "--file",
      paramLabel = "FILE",
      required = true,
      description = "The answer's body, as it came.")
  private Path file = Path.of("");

  @Override
  public Integer call() throws IOException {
    AccessReceipt given = java.util.Objects.requireNonNull(receipt); // picocli sees to it
    Shown shown = Shown.compare(log.directory(), log.keys(), given, file);
    boolean isSame = shown instanceof Shown.Same;
    System.out.println(isSame ? "shown: these were the bytes" : "not shown: other bytes were");
    System.out.println(Description.of(shown.recorded()));
    return isSame ? 0 : OTHER;
  }
}
