package io.wholechart.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wholechart.journal.Receipt.Durable;
import io.wholechart.journal.Receipt.NotDurable;
import io.wholechart.journal.Receipt.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the journal makes of a disk that fails, writes short or hangs. */
class JournalFailureTest {
  private static final Duration LONG = Duration.ofMinutes(2);

  @TempDir Path folder;
  private Path directory = Path.of("");
  private JournalSettings settings = Written.settings(Path.of("x"));
  private final AtomicInteger failures = new AtomicInteger();
  private final JournalEvents events =
      new JournalEvents() {
        @Override
        public void failed() {
          failures.incrementAndGet();
        }
      };

  @BeforeEach
  void settings() {
    directory = folder.resolve("journal");
    settings = Written.settings(directory);
  }

  @Test
  void afterAFailedWriteNothingIsDurable() throws Exception {
    var disk = new FaultyDisk().failingWrite(3);
    assertDeadAfterTwo(disk);
    assertThat(disk.writes).hasValue(3);
    assertThat(disk.forces).hasValue(2);
  }

  @Test
  void afterAFailedSyncNothingIsDurableAndItIsNotTriedAgain() throws Exception {
    var disk = new FaultyDisk().failingForce(3);
    assertDeadAfterTwo(disk);
    assertThat(disk.writes).hasValue(3);
    assertThat(disk.forces).hasValue(3);
  }

  private void assertDeadAfterTwo(FaultyDisk disk) throws Exception {
    try (Journal journal = open(disk, 100, LONG)) {
      assertThat(append(journal, "a")).isEqualTo(new Durable(2, 1));
      assertThat(append(journal, "b")).isEqualTo(new Durable(3, 1));
      for (int i = 0; i < 3; i++) {
        assertThat(append(journal, "c")).isEqualTo(new NotDurable(Reason.DISK_FAILED));
        assertThat(journal.state()).isEqualTo(JournalState.FAILED);
      }
    }
    await().until(() -> failures.get() == 1);
    assertThat(Written.ids(directory)).containsExactly("a", "b");
    assertGoesOn();
  }

  @Test
  void aFailedJournalGoesOnInANewFileWithoutARestart() throws Exception {
    try (Journal journal = open(new FaultyDisk().failingForce(2), 100, LONG)) {
      assertThat(append(journal, "a")).isInstanceOf(Durable.class);
      assertThat(append(journal, "lost")).isEqualTo(new NotDurable(Reason.DISK_FAILED));
      await().until(journal::reopen);
      assertThat(append(journal, "b")).isEqualTo(new Durable(3, 1));
    }
    assertThat(SegmentName.in(directory)).hasSize(2);
    assertThat(Written.ids(directory)).containsExactly("a", "b");
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
    assertGoesOn();
  }

  @Test
  void aFileThatGotNoRecordMakesRoomForTheNextOfItsName() throws Exception {
    Written.append(settings, 1);
    try (Journal journal = open(new FaultyDisk().failingWrite(1), 100, LONG)) {
      assertThat(append(journal, "lost")).isEqualTo(new NotDurable(Reason.DISK_FAILED));
      await().until(journal::reopen);
      assertThat(append(journal, "b")).isEqualTo(new Durable(4, 1));
    }
    assertThat(Written.ids(directory)).containsExactly("c-0", "b");
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void aFullDiskIsTriedAgainUntilThereIsRoom() throws Exception {
    var disk = new FaultyDisk();
    try (Journal journal = open(disk, 100, LONG)) {
      assertThat(append(journal, "a")).isInstanceOf(Durable.class);
      disk.fill(true);
      assertThat(append(journal, "lost")).isEqualTo(new NotDurable(Reason.DISK_FAILED));
      await().until(() -> journal.state() == JournalState.FAILED);
      assertThat(journal.reopen()).isFalse();
      assertThat(journal.reopen()).isFalse();
      disk.fill(false);
      await().until(journal::reopen);
      assertThat(append(journal, "b")).isInstanceOf(Durable.class);
    }
    assertThat(Written.ids(directory)).containsExactly("a", "b");
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void aFileThatWasDeletedIsNoticedAndTheGapIsSeen() throws Exception {
    try (Journal journal = Journal.open(settings, events)) {
      assertThat(append(journal, "a")).isInstanceOf(Durable.class);
      Files.delete(Written.lastSegment(directory));
      assertThat(append(journal, "b")).isEqualTo(new NotDurable(Reason.DISK_FAILED));
      await().until(journal::reopen);
      assertThat(append(journal, "c")).isInstanceOf(Durable.class);
    }
    assertThat(JournalVerifier.verify(directory).exitCode()).isEqualTo(6);
  }

  @Test
  void aFileThatWasReplacedIsNoticed() throws Exception {
    try (Journal journal = Journal.open(settings, events)) {
      Path file = Written.lastSegment(directory);
      Files.copy(file, folder.resolve("copy"));
      Files.delete(file);
      Files.copy(folder.resolve("copy"), file);
      assertThat(append(journal, "b")).isEqualTo(new NotDurable(Reason.DISK_FAILED));
    }
  }

  @Test
  void aDiskThatHangsIsAStalledJournalUntilItAnswers() throws Exception {
    var disk = new FaultyDisk().hangingForce(1);
    try (Journal journal = open(disk, 100, Duration.ofSeconds(2))) {
      assertThat(append(journal, "late")).isEqualTo(new NotDurable(Reason.DISK_STALLED));
      assertThat(journal.state()).isEqualTo(JournalState.STALLED);
      assertThat(append(journal, "b")).isEqualTo(new NotDurable(Reason.DISK_STALLED));
      assertThat(journal.reopen()).isFalse();
      disk.release();
      await().until(journal::isWritable);
      assertThat(append(journal, "c")).isEqualTo(new Durable(3, 1));
    }
    assertThat(Written.ids(directory)).containsExactly("late", "c");
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void moreThanTheQueueHoldsIsRefusedAtOnceAndClosingWritesWhatWaits() throws Exception {
    var disk = new FaultyDisk().hangingForce(1);
    Journal journal = open(disk, 2, LONG);
    var first = appending(journal, "1");
    disk.awaitHang();
    var second = appending(journal, "2");
    var third = appending(journal, "3");
    await().until(() -> journal.queued() == 2);
    assertThat(append(journal, "4")).isEqualTo(new NotDurable(Reason.QUEUE_FULL));
    Thread closing = Thread.ofPlatform().start(journal::close);
    await().until(() -> journal.state() == JournalState.CLOSED);
    closing.interrupt(); // an impatient shutdown does not lose records
    disk.release();
    closing.join();
    for (var appended : List.of(first, second, third)) {
      assertThat(appended.get()).isInstanceOf(Durable.class);
    }
    assertThat(disk.forces).hasValue(2); // two that waited share one
    assertGoesOn();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whateverFailsWhatWasAcknowledgedIsInTheFiles(long seed) throws Exception {
    var random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    var acknowledged = new ArrayList<String>();
    for (int round = 0; round < 4; round++) {
      var disk = new FaultyDisk().writingAtMost(random.nextInt(50, 5000));
      disk =
          random.nextBoolean()
              ? disk.failingWrite(random.nextInt(1, 60))
              : disk.failingForce(random.nextInt(1, 20));
      try (Journal journal = open(disk, 100, LONG)) {
        for (int i = 0; i < 40; i++) {
          if (append(journal, round + "-" + i) instanceof Durable) {
            acknowledged.add(round + "-" + i);
          } else if (random.nextBoolean()) {
            await().until(journal::reopen);
          }
        }
      }
      assertThat(Written.ids(directory))
          .as("seed %d, round %d", seed, round)
          .containsExactlyElementsOf(acknowledged);
      assertThat(JournalVerifier.verify(directory).exitCode()).as("seed %d", seed).isZero();
    }
  }

  /** A journal opened anew on a sound disk mends its end, takes records and is whole. */
  private void assertGoesOn() throws Exception {
    Written.append(settings, 1);
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  private Journal open(FaultyDisk disk, int queue, Duration stalledAfter)
      throws JournalUnavailableException {
    return disk.open(settings, events, queue, stalledAfter);
  }

  private static Receipt append(Journal journal, String id) throws InterruptedException {
    return journal.append(Written.content(id)).await(LONG);
  }

  private static FutureTask<Receipt> appending(Journal journal, String id) {
    var task = new FutureTask<>(() -> append(journal, id));
    Thread.startVirtualThread(task);
    return task;
  }
}
