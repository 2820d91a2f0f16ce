package io.wholechart;

import io.wholechart.disclosure.DisclosureReport;
import io.wholechart.disclosure.RecordLog;
import io.wholechart.patient.PatientId;
import java.io.IOException;
import java.io.Writer;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code wholechart audit report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "To whom a patient's data was disclosed (45 CFR 164.528): date, recipient, what, purpose.",
      "",
      "Everything is listed, treatment too, each with its purpose."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  wholechart audit report --patient p-1001 --from 2026-01-01 --to 2026-06-30",
      "  wholechart audit report --patient p-1001 --format csv > p-1001.csv"
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:reported",
      "1:there is no log to be read, or it cannot be understood",
      "64:wrong usage"
    })
final class AuditReportCommand implements Callable<Integer> {
  enum Format {
    TEXT,
    CSV
  }

  @Mixin private AuditOptions log = new AuditOptions();
  @Mixin private PeriodOptions period = new PeriodOptions();

  @Option(names = "--patient", paramLabel = "ID", required = true, description = "Whose data.")
  private String patient = "";

  @Option(names = "--format", paramLabel = "text|csv", description = "text, if not said.")
  private Format format = Format.TEXT;

  @Override
  public Integer call() throws IOException {
    var id = new PatientId(patient);
    try (RecordLog records = RecordLog.about(id, log.directory(), log.keys(), 1);
        Writer out = AuditOptions.output()) {
      var report = new DisclosureReport(id, period.period(), records);
      switch (format) {
        case TEXT -> report.text(out);
        case CSV -> report.csv(out);
      }
    }
    return 0;
  }
}
