package io.wholechart;

import io.wholechart.disclosure.Description;
import io.wholechart.disclosure.Recorded;
import io.wholechart.journal.InclusionProof;
import io.wholechart.journal.InclusionProof.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code wholechart audit verify-proof}. */
@Command(
    name = "verify-proof",
    mixinStandardHelpOptions = true,
    description = "Check a proof that audit prove gave, without the log, and show the record.",
    footerHeading = "%nExample:%n",
    footer = "  wholechart audit verify-proof --proof 4711.tlog-proof --key epoch-000001.pub",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the log whose key this is has signed for the record",
      "1:a file cannot be read",
      "3:not proven; the message says why",
      "64:wrong usage"
    })
final class AuditVerifyProofCommand implements Callable<Integer> {
  private static final int NOT_PROVEN = 3;

  @Option(names = "--proof", paramLabel = "FILE", required = true, description = "The proof.")
  private Path proof = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "FILE",
      required = true,
      description =
          "The log's public key, from the folder keys of the log; not from whoever gave"
              + " the proof.")
  private Path key = Path.of("");

  @Override
  public Integer call() throws IOException {
    String publicKey = Files.readString(key);
    Verdict verdict =
        InclusionProof.parse(Files.readString(proof))
            .map(parsed -> parsed.check(publicKey))
            .orElse(new Verdict.NotProven("that is no proof"));
    return switch (verdict) {
      case Verdict.NotProven(String why) -> {
        System.out.println("not proven: " + why);
        yield NOT_PROVEN;
      }
      case Verdict.Proven(var line, long size, String signedAt) -> {
        System.out.printf("proven: signed for at %s in a log of %d records%n", signedAt, size);
        System.out.println(Description.of(Recorded.of(line)));
        yield 0;
      }
    };
  }
}
