package io.wholechart;

import io.wholechart.disclosure.AccessReceipt;
import io.wholechart.journal.InclusionProof;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wholechart audit prove}. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    description = {
      "A proof that a record is in the log, for somebody who has the log's public key and not the"
          + " log (C2SP tlog-proof).",
      "",
      "It holds the record itself, and so who looked at whose chart."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  wholechart audit prove --seq 4711 > 4711.tlog-proof",
      "  wholechart audit prove --receipt 'node-7;seq=4711;size=4700' > 4711.tlog-proof"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:proven",
      "1:there is no such record, it is not signed for yet, or the log is not as it was signed for",
      "64:wrong usage"
    })
final class AuditProveCommand implements Callable<Integer> {
  @Mixin private AuditOptions log = new AuditOptions();

  @ArgGroup(multiplicity = "1")
  private Which which = new Which();

  /** One or the other. */
  static final class Which {
    @Option(names = "--seq", paramLabel = "N", required = true, description = "Its number.")
    private @Nullable Long seq;

    @Option(
        names = "--receipt",
        paramLabel = "R",
        required = true,
        converter = ReceiptOption.class,
        description = "What the answer said in X-Audit-Receipt.")
    private @Nullable AccessReceipt receipt;
  }

  @Override
  public Integer call() throws IOException {
    @Nullable AccessReceipt receipt = which.receipt;
    long seq = receipt != null ? receipt.seq() : which.seq == null ? 0 : which.seq;
    InclusionProof proof = InclusionProof.of(log.directory(), log.keys(), seq);
    String node = proof.line().map(line -> line.node()).orElse("");
    if (receipt != null && !receipt.node().equals(node)) {
      throw new IOException(
          "the receipt is of the log of %s, and this is that of %s"
              .formatted(receipt.node(), node));
    }
    System.out.print(proof.text());
    return 0;
  }
}
