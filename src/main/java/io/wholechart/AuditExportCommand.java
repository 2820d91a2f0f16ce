package io.wholechart;

import io.wholechart.disclosure.Export;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wholechart audit export}. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    description = {
      "The log for other programs: FHIR R4 AuditEvents after IHE BALP, one a line, or a table."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  wholechart audit export --format fhir --from 2026-01 --to 2026-01 > january.ndjson",
      "  wholechart audit export --format csv > all.csv"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:exported",
      "1:there is no log to be read, or it cannot be understood",
      "64:wrong usage"
    })
final class AuditExportCommand implements Callable<Integer> {
  enum Format {
    FHIR,
    CSV
  }

  @Mixin private AuditOptions log = new AuditOptions();
  @Mixin private PeriodOptions period = new PeriodOptions();

  @Option(
      names = "--format",
      paramLabel = "fhir|csv",
      required = true,
      description = "fhir: AuditEvents as NDJSON; csv: a row a record.")
  private Format format = Format.FHIR;

  @Override
  public Integer call() throws IOException {
    try (Writer out = AuditOptions.output()) {
      var export = new Export(log.directory(), log.keys(), period.period());
      switch (format) {
        case FHIR -> export.fhir(out);
        case CSV -> export.csv(out);
      }
    }
    return 0;
  }
}
