package io.wholechart;

import io.wholechart.audit.AuditVerifier;
import io.wholechart.disclosure.Reviews;
import io.wholechart.journal.JournalVerifier.Options;
import io.wholechart.journal.Verification;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wholechart audit verify}. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    description = {
      "Check that the audit log is whole, in order, and as it was signed for; and its reviews.",
      "",
      "May run beside the service. The first thing that is wrong is named."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  wholechart audit verify --dir data/audit",
      "  wholechart audit verify --dir data/audit --checkpoint /elsewhere/checkpoints.txt",
      "  wholechart audit verify --dir data/audit --store 'jdbc:postgresql://db/audit?user=auditor'"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:whole",
      "1:there is no log to be read",
      "2:whole but for a torn tail that was never acknowledged",
      "3:altered",
      "4:truncated",
      "5:forked: another log than was signed for",
      "6:a gap",
      "7:the store holds something else",
      "8:of another key or epoch than is due",
      "64:wrong usage"
    })
final class AuditVerifyCommand implements Callable<Integer> {
  @Mixin private AuditOptions log = new AuditOptions();

  @Option(
      names = "--checkpoint",
      paramLabel = "FILE",
      description = "Checkpoints that were kept elsewhere, which must agree with the log.")
  private @Nullable Path checkpoint;

  @Option(
      names = "--store",
      paramLabel = "URL",
      description = {
        "A PostgreSQL that it was shipped to, held against it row by row:",
        "jdbc:postgresql://HOST/DATABASE?user=READER"
      })
  private @Nullable String store;

  @Option(
      names = "--store-password",
      paramLabel = "FILE",
      description = "Holds the password of the store's user.")
  private @Nullable Path storePassword;

  @Override
  public Integer call() throws IOException {
    Options options =
        Options.standard()
            .with(log.keys())
            .watchedBy(new ProgressLine(System.err, System::nanoTime));
    Verification verification = verify(options.against(checkpoint));
    System.out.println(verification.describe());
    if (verification.exitCode() != 0) {
      return verification.exitCode();
    }
    @Nullable Path reviews = Reviews.of(log.directory()).orElse(null);
    if (reviews == null) {
      return 0;
    }
    Verification ofReviews = AuditVerifier.verify(reviews, options);
    System.out.println("reviews " + ofReviews.describe());
    return ofReviews.exitCode();
  }

  private Verification verify(Options options) {
    return store == null
        ? AuditVerifier.verify(log.directory(), options)
        : new StoreCheck(log.directory(), store, storePassword).verify(options);
  }
}
