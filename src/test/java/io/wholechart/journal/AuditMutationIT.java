package io.wholechart.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every bit of every file of a log and its checkpoints, and every record, harmed one by one. */
@Tag("audit-mutation")
class AuditMutationIT {
  @TempDir Path folder;

  @Test
  void everyHarmToALogIsSeen() throws Exception {
    var table = new MutationTable();
    Path readable = SampleLogs.readable(folder);
    Path encrypted = SampleLogs.encrypted(folder);
    ReadKeys keys = ReadKeys.of(SampleLogs.encryptionKey(folder));
    new Mutations(readable, ReadKeys.none(), "readable", 1, table).run();
    new Mutations(encrypted, keys, "encrypted", 1, table).run();
    Files.createDirectories(Path.of("target"));
    Files.writeString(Path.of("target/audit-mutation.txt"), table.text());
    System.out.print(table.text());
    assertThat(table.missed()).as(table.text()).isEmpty();
  }
}
