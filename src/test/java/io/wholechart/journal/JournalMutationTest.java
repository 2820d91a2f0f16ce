package io.wholechart.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some of what {@code make audit-mutation} does. */
class JournalMutationTest {
  @TempDir Path folder;

  @Test
  void whateverIsDoneToALogIsSeen() throws Exception {
    var table = new MutationTable();
    Path readable = SampleLogs.readable(folder);
    Path encrypted = SampleLogs.encrypted(folder);
    ReadKeys keys = ReadKeys.of(SampleLogs.encryptionKey(folder));
    assertThat(JournalVerifier.verify(readable).exitCode()).isZero();
    new Mutations(readable, ReadKeys.none(), "readable", 23, table).run();
    new Mutations(encrypted, keys, "encrypted", 23, table).run();
    assertThat(table.missed()).as(table.text()).isEmpty();
    assertThat(table.all()).isGreaterThan(2000);
    assertThat(JournalVerifier.verify(readable).exitCode()).as("it was put back").isZero();
  }
}
