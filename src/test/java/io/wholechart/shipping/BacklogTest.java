package io.wholechart.shipping;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.journal.ReadKeys;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacklogTest {
  @TempDir Path directory;

  /** Whatever has piled up: this is all that a sink which is away costs. */
  @Test
  void noMoreThanOneBatchIsHeld() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"));
        var backlog = new Backlog(records.shipped(), 1)) {
      records.append(1200);
      assertThat(backlog.batch()).hasSize(Backlog.MOST_LINES);
      assertThat(backlog.batch()).isSameAs(backlog.batch());
      backlog.shipped();
      assertThat(backlog.batch().getFirst().seq()).isEqualTo(Backlog.MOST_LINES + 1);
    }
  }

  @Test
  void whatAPowerFailureCouldTakeBackIsNotGivenOut() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(10);
      var journal = new ShippedJournal(records.directory, ReadKeys.none(), () -> 3, () -> 0);
      try (var backlog = new Backlog(journal, 1)) {
        assertThat(backlog.batch()).hasSize(3);
        backlog.shipped();
        assertThat(backlog.batch()).isEmpty();
      }
    }
  }
}
