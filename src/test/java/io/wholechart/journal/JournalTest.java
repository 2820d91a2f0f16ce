package io.wholechart.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.wholechart.journal.Receipt.Durable;
import io.wholechart.journal.Receipt.NotDurable;
import io.wholechart.journal.Receipt.Reason;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir Path folder;
  private Path directory = Path.of("");
  private JournalSettings settings = Written.settings(Path.of("x"));

  @BeforeEach
  void settings() {
    directory = folder.resolve("journal");
    settings = Written.settings(directory);
  }

  @Test
  void aContentIsInTheFileWhenItsReceiptIsThere() throws Exception {
    try (Journal journal = open()) {
      assertThat(journal.appendDurably(Written.content("a"))).isEqualTo(new Durable(2, 1));
      assertThat(Written.ids(directory)).containsExactly("a");
      assertThat(journal.durableSize()).isEqualTo(2);
    }
  }

  @Test
  void theFirstRecordOfAnEpochNamesItsKeyAndTheLastThatItWasClosed() throws Exception {
    Written.append(settings, 1);
    String text = Written.text(Written.lastSegment(directory));
    String key = new KeyEpochs(directory).key(1).orElseThrow().word();
    assertThat(text.lines().toList())
        .satisfiesExactly(
            line ->
                assertThat(line)
                    .isEqualTo(
                        "{\"v\":3,\"node\":\"n1\",\"epoch\":1,\"kind\":\"segment\",\"first\":1,"
                            + "\"prev\":\"%s\",\"range\":[],\"salt\":null}",
                        "0".repeat(64)),
            line ->
                assertThat(line)
                    .startsWith(
                        "{\"v\":3,\"node\":\"n1\",\"epoch\":1,\"seq\":1,\"prev\":\"%s\","
                                .formatted("0".repeat(64))
                            + "\"kind\":\"status\",\"event\":\"epoch\",\"detail\":\""
                            + key
                            + "\",\"hash\":\""),
            line -> assertThat(line).contains("\"seq\":2,", "\"id\":\"c-0\""),
            line -> assertThat(line).contains("\"event\":\"closed\",\"detail\":\"size:"));
  }

  @Test
  void theChainGoesOnInANewFileWhenTheJournalIsOpenedAgain() throws Exception {
    for (int opened = 1; opened <= 4; opened++) {
      Written.append(settings, 3);
      assertThat(JournalVerifier.verify(directory))
          .isInstanceOfSatisfying(
              Verification.Whole.class,
              whole -> assertThat(whole.records()).isEqualTo(whole.signed()));
      assertThat(SegmentName.in(directory)).hasSize(opened);
    }
    assertThat(Written.ids(directory)).hasSize(12);
  }

  @Test
  void aSegmentThatIsFullIsFollowedByAnother() throws Exception {
    settings = new JournalSettings(directory, "n1", settings.signingKey(), null, null, 4096);
    Written.append(settings, 100);
    assertThat(SegmentName.in(directory)).hasSizeGreaterThan(5);
    assertThat(Written.ids(directory)).hasSize(100);
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void anotherKeyBeginsAnotherEpoch() throws Exception {
    Written.append(settings, 2);
    Files.move(settings.signingKey(), folder.resolve("former.pem"));
    Written.append(settings, 2);
    Written.append(settings, 1);
    assertThat(SegmentName.in(directory)).extracting(SegmentName::epoch).containsExactly(1, 2, 2);
    assertThat(JournalVerifier.verify(directory).describe()).startsWith("whole: 10 records, 10 ");
  }

  @Test
  void whatIsEncryptedIsReadWithItsKeyAlone() throws Exception {
    Path key =
        Files.writeString(folder.resolve("k"), Base64.getEncoder().encodeToString(new byte[32]));
    settings = new JournalSettings(directory, "n1", settings.signingKey(), null, key, 4096);
    Written.append(settings, 40);
    assertThat(Written.text(Written.lastSegment(directory))).doesNotContain("outcome");
    assertThat(Written.ids(directory, ReadKeys.of(key))).hasSize(40);
    var options = JournalVerifier.Options.standard();
    assertThat(JournalVerifier.verify(directory, options.with(ReadKeys.of(key))).exitCode())
        .isZero();
    assertThat(JournalVerifier.verify(directory, options).describe()).contains("is encrypted");
    Written.append(Written.settings(directory.resolve("../other")), 1);
  }

  @Test
  void contentsOfManyThreadsGetDenseNumbers() throws Exception {
    var acknowledged = new ConcurrentHashMap<Long, String>();
    try (Journal journal = open()) {
      var threads = new Thread[300];
      for (int t = 0; t < threads.length; t++) {
        String name = "t" + t + "-";
        threads[t] =
            Thread.startVirtualThread(() -> {
              for (int i = 0; i < 20; i++) {
                if (append(journal, name + i) instanceof Durable(long seq, _)) {
                  acknowledged.put(seq, name + i);
                }
              }
            });
      }
      for (Thread thread : threads) {
        thread.join();
      }
    }
    assertThat(acknowledged.keySet())
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(2, 6001).boxed().toList());
    assertThat(Written.ids(directory)).containsExactlyInAnyOrderElementsOf(acknowledged.values());
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void anInterruptedThreadDoesNotHarmTheOthers() throws Exception {
    var interrupted = new CountDownLatch(200);
    try (Journal journal = open()) {
      for (int t = 0; t < 200; t++) {
        Thread.startVirtualThread(() -> {
          Thread.currentThread().interrupt();
          try {
            journal.appendDurably(Written.content("i"));
          } catch (InterruptedException e) {
            interrupted.countDown();
          }
        });
        assertThat(append(journal, "r")).isInstanceOf(Durable.class);
      }
      interrupted.await();
      assertThat(append(journal, "last")).isInstanceOf(Durable.class);
    }
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void aClosedJournalTakesNothing() throws Exception {
    Journal journal = open();
    journal.close();
    assertThat(append(journal, "r")).isEqualTo(new NotDurable(Reason.CLOSED));
    assertThat(journal.state()).isEqualTo(JournalState.CLOSED);
    journal.close(); // twice does no harm
    assertThat(journal.reopen()).isFalse();
  }

  @Test
  void aSecondOpenerIsRefusedAndTheFirstGoesOn() throws Exception {
    try (Journal journal = open()) {
      assertThatExceptionOfType(JournalUnavailableException.class)
          .isThrownBy(this::open)
          .withMessageContaining("in use by another process");
      assertThat(append(journal, "r")).isInstanceOf(Durable.class);
    }
    Written.append(settings, 1);
  }

  @Test
  void theFilesAreTheOwnersAlone() throws Exception {
    Written.append(settings, 1);
    assertThat(permissions(directory)).isEqualTo("rwx------");
    assertThat(permissions(Written.lastSegment(directory))).isEqualTo("rw-------");
    assertThat(permissions(settings.signingKey())).isEqualTo("rw-------");
  }

  @Test
  void aLogOfAnEarlierFormIsKeptAndNotGoneOnWith() throws Exception {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("audit.jsonl"), "{}\n");
    assertThatExceptionOfType(JournalUnavailableException.class)
        .isThrownBy(this::open)
        .withMessageContaining("set audit.directory to a new directory");
  }

  private Journal open() throws JournalUnavailableException {
    return Journal.open(settings, Written.SILENT);
  }

  private static Receipt append(Journal journal, String id) {
    try {
      return journal.appendDurably(Written.content(id));
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String permissions(Path path) throws java.io.IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
