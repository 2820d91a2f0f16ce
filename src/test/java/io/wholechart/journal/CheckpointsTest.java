package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.awaitility.Awaitility.await;

import io.wholechart.journal.JournalVerifier.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is signed for, when, and what a signature that was kept elsewhere shows. */
class CheckpointsTest {
  @TempDir Path folder;
  private Path directory = Path.of("");
  private Path copy = Path.of("");
  private JournalSettings settings = Written.settings(Path.of("x"));

  @BeforeEach
  void settings() {
    directory = folder.resolve("journal");
    copy = folder.resolve("elsewhere/copy.txt");
    settings = new JournalSettings(directory, "n1", folder.resolve("key.pem"), copy, null, 4096);
  }

  @Test
  void whatIsOnDiskIsSignedForWithinASecondOrTwoAndWhenItIsClosed() throws Exception {
    try (Journal journal = Journal.open(settings, Written.SILENT)) {
      assertThat(journal.checkpointSize()).as("the first record of all").isEqualTo(1);
      Written.append(journal, 3);
      await().until(() -> journal.checkpointSize() == 4);
    }
    List<Checkpoint> signed = checkpoints(directory.resolve("checkpoints.txt"));
    assertThat(signed.getFirst().origin()).isEqualTo("wholechart/audit/n1");
    assertThat(signed.getFirst().size()).isEqualTo(1);
    assertThat(signed.getLast().size()).isEqualTo(5);
    assertThat(copy).hasSameBinaryContentAs(directory.resolve("checkpoints.txt"));
  }

  @Test
  void aThousandRecordsAreSignedForAtOnce() throws Exception {
    try (Journal journal = Journal.open(settings, Written.SILENT)) {
      List<Appending> appended = new ArrayList<>();
      for (int i = 0; i < 5000; i++) {
        appended.add(journal.append(Written.content("c-" + i)));
      }
      for (Appending appending : appended) {
        assertThat(appending.await(Journal.DURABLE_WITHIN)).isInstanceOf(Receipt.Durable.class);
      }
      await().until(() -> journal.checkpointSize() == 5001);
    }
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void aSecondPlaceThatIsNotThereHoldsUpNothing() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    settings =
        new JournalSettings(
            directory, "n1", settings.signingKey(), file.resolve("below"), null, 4096);
    var failed = new AtomicInteger();
    var events =
        new JournalEvents() {
          @Override
          public void checkpointFailed() {
            failed.incrementAndGet();
          }
        };
    try (Journal journal = Journal.open(settings, events)) {
      Written.append(journal, 3);
    }
    assertThat(failed).hasPositiveValue();
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void recordsCutOffTogetherWithTheirCheckpointsAreSeenInTheSecondPlace() throws Exception {
    Written.append(settings, 3);
    byte[] before = Files.readAllBytes(directory.resolve("checkpoints.txt"));
    List<SegmentName> segments = SegmentName.in(directory);
    Written.append(settings, 4);
    for (SegmentName segment : SegmentName.in(directory)) {
      if (!segments.contains(segment)) {
        Files.delete(segment.path());
      }
    }
    Files.write(directory.resolve("checkpoints.txt"), before);
    assertThat(JournalVerifier.verify(directory).exitCode()).as("as after a crash").isZero();
    assertThat(JournalVerifier.verify(directory, Options.standard().against(copy)).exitCode())
        .isEqualTo(4);
  }

  @Test
  void aLogThatWasWrittenAnewWithTheSameKeyIsSeenInTheSecondPlace() throws Exception {
    Written.append(settings, 3);
    Path kept = Files.copy(copy, folder.resolve("kept.txt"));
    Path other = folder.resolve("other");
    Written.append(new JournalSettings(other, "n1", settings.signingKey(), null, null, 4096), 5);
    assertThat(JournalVerifier.verify(other).exitCode()).isZero();
    assertThat(JournalVerifier.verify(other, Options.standard().against(kept)).exitCode())
        .isEqualTo(5);
  }

  @Test
  void aLogThatWasWrittenAnewWithAnotherKeyIsSeenInTheSecondPlace() throws Exception {
    Written.append(settings, 3);
    Path other = folder.resolve("other");
    Written.append(Written.settings(other), 5);
    Files.move(Written.settings(other).signingKey(), folder.resolve("used.pem"));
    Path third = folder.resolve("third");
    Written.append(Written.settings(third), 5);
    assertThat(JournalVerifier.verify(third, Options.standard().against(copy)).exitCode())
        .isEqualTo(8);
  }

  @Test
  void aCheckpointSignedByAnotherKeyIsNone() throws Exception {
    Written.append(settings, 1);
    Path file = directory.resolve("checkpoints.txt");
    Checkpoint last = checkpoints(file).getLast();
    SigningKey other = SigningKey.readOrMake(folder.resolve("other.pem"));
    var verifier = new VerifierKey(last.origin(), other.publicKey());
    String notes = Files.readString(file);
    byte[] forged = SignedNote.sign(last.text(), other, verifier).encode();
    int at = notes.lastIndexOf("\n\nwholechart") + 2;
    Files.writeString(file, notes.substring(0, at) + new String(forged, UTF_8) + "\n");
    assertThat(JournalVerifier.verify(directory).exitCode()).isEqualTo(8);
  }

  @Test
  void aTornCheckpointIsCutOffAndTheChainOfThemGoesOn() throws Exception {
    Written.append(settings, 1);
    Path file = directory.resolve("checkpoints.txt");
    Files.writeString(file, Files.readString(file) + "wholechart/audit/n1\n12");
    assertThat(JournalVerifier.verify(directory).exitCode()).isEqualTo(2);
    Written.append(settings, 1);
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
  }

  @Test
  void aLogThatIsNotWhatWasSignedForIsNotGoneOnWith() throws Exception {
    Written.append(settings, 2);
    Files.delete(Written.lastSegment(directory));
    assertThatExceptionOfType(JournalUnavailableException.class)
        .isThrownBy(() -> Journal.open(settings, Written.SILENT))
        .withMessageContaining("records are signed for")
        .withMessageContaining("keep the directory as evidence");
  }

  @Test
  void aKeyThatIsNoneIsNamed() throws Exception {
    Files.writeString(settings.signingKey(), "nothing");
    assertThatIOException()
        .isThrownBy(() -> Journal.open(settings, Written.SILENT))
        .withMessageContaining("key.pem is no Ed25519 key");
  }

  /** As {@code openssl genpkey -algorithm ed25519} writes it; the key of RFC 8032, test 1. */
  @Test
  void aKeyFromElsewhereHasThePublicKeyThatBelongsToIt() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("rfc.pem"),
            """
            -----BEGIN PRIVATE KEY-----
            MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g
            -----END PRIVATE KEY-----
            """);
    SigningKey key = SigningKey.read(file);
    assertThat(Hex.text(key.publicKey()))
        .isEqualTo("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");
    assertThat(Hex.text(key.sign(new byte[0])))
        .startsWith("e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155");
  }

  private static List<Checkpoint> checkpoints(Path file) throws IOException {
    List<Checkpoint> checkpoints = new ArrayList<>();
    try (var notes = new CheckpointLines(file)) {
      while (notes.next()) {
        checkpoints.add(
            Checkpoint.decode(SignedNote.decode(notes.note()).orElseThrow().text()).orElseThrow());
      }
    }
    return checkpoints;
  }
}
