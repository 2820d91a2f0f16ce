package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.audit.AuditLog;
import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.audit.AuditSettings;
import io.wholechart.audit.Records;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code wholechart audit retain} years later. */
class AuditRetentionTest {
  private static final int RECORDS = 40;

  @TempDir Path folder;
  private Path directory;
  private AuditSettings settings;
  private AuditCommands audit;

  @BeforeEach
  void write() throws Exception {
    directory = folder.resolve("audit");
    audit = new AuditCommands(directory);
    settings =
        new AuditSettings(
            directory,
            "node-1",
            new AuditSettings(directory).signingKey(),
            null,
            null,
            4096,
            Period.ofYears(6),
            null,
            null,
            io.wholechart.audit.EmergencyPolicy.DENY,
            new AuditSettings.EmergencyBounds(100, java.time.Duration.ofMinutes(15)));
    append(RECORDS);
  }

  @Test
  void whatIsOlderThanTheSettingIsDroppedAndTheRestVerifies() throws Exception {
    assertThat(segments()).isGreaterThan(4);

    assertThat(retainIn(5)).isZero();
    assertThat(segments()).isGreaterThan(4);
    assertThat(retainIn(7)).isZero();

    assertThat(segments()).isEqualTo(2);
    assertThat(audit.run("verify").exitCode()).isZero();
    assertThat(audit.run("report", "--patient", "p-1").out())
        .contains(" disclosures\nThe records before number ")
        .endsWith(" are no longer kept.\n");
    assertThat(audit.run("prove", "--seq", "2").err()).contains("record 2 is no longer kept");

    append(3); // and the log goes on
    assertThat(audit.run("verify").exitCode()).isZero();
  }

  @Test
  void anotherSettingHoldsAndTheFlagOutweighsIt() throws Exception {
    assertThat(retainIn(5, "--set", "audit.retention=P4Y", "--older-than", "P8Y")).isZero();
    assertThat(segments()).isGreaterThan(4);
    assertThat(audit.run("report", "--patient", "p-1").out()).doesNotContain("no longer kept");

    assertThat(retainIn(5, "--set", "audit.retention=P4Y")).isZero();
    assertThat(segments()).isEqualTo(2);
  }

  @Test
  void noTimeAtAllIsNoSetting() {
    assertThatThrownBy(() -> retainIn(5, "--set", "audit.retention=P0D"))
        .hasMessageContaining("retention must be longer than zero");
    assertThatThrownBy(() -> retainIn(5, "--set", "audit.retention=6y"))
        .hasMessageContaining("audit.retention")
        .hasMessageContaining("a period such as P6Y or P90D");
  }

  private void append(int records) throws Exception {
    try (var log = AuditLog.open(settings, new Metrics(List.of()))) {
      for (int i = 0; i < records; i++) {
        Outcome outcome = Records.outcome("r-" + i, "p-1", 0);
        var _ = log.append(outcome);
      }
    }
  }

  private int retainIn(int years, String... arguments) throws IOException {
    var flags =
        Stream.concat(
            Stream.of(
                "--dir",
                directory.toString(),
                "--set",
                "audit.signingKey=" + settings.signingKey()),
            Stream.of(arguments));
    var then = Clock.offset(Clock.systemUTC(), Duration.ofDays(366L * years));
    return CommandLine.populateCommand(new AuditRetainCommand(then), flags.toArray(String[]::new))
        .call();
  }

  private long segments() throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.filter(file -> file.toString().endsWith(".jsonl")).count();
    }
  }
}
