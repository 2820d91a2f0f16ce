package io.wholechart.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProofsTest {
  private static final int SIZE = 40;

  @TempDir static Path folder;
  private static final List<byte[]> leaves = new ArrayList<>();
  private static JournalSettings settings = Written.settings(Path.of("x"));

  @BeforeAll
  static void write() throws Exception {
    Path directory = folder.resolve("journal");
    settings = new JournalSettings(directory, "n1", folder.resolve("key.pem"), null, null, 4096);
    Written.append(settings, SIZE - 2);
    try (JournalReader reader = JournalReader.open(directory, ReadKeys.none(), 1)) {
      while (reader.next()) {
        leaves.add(reader.line().hash());
      }
    }
    assertThat(leaves).hasSize(SIZE);
  }

  @Test
  void everyInclusionAtEverySizeIsTheDefinitionsAndHolds() throws Exception {
    for (int size = 1; size <= SIZE; size++) {
      List<byte[]> some = leaves.subList(0, size);
      for (int seq = 1; seq <= size; seq += size < 9 ? 1 : 5) {
        List<byte[]> path = Proofs.inclusion(settings.directory(), ReadKeys.none(), seq, size);
        assertThat(path)
            .as("%d of %d", seq, size)
            .containsExactlyElementsOf(Oracle.path(seq - 1, some));
        byte[] leaf = leaves.get(seq - 1);
        byte[] root = Oracle.root(some);
        assertThat(Proofs.verifyInclusion(leaf, seq, size, path, root)).isTrue();
        assertThat(Proofs.verifyInclusion(root, seq, size, path, leaf)).isEqualTo(size == 1);
        assertThat(Proofs.verifyInclusion(leaf, seq + 1, size, path, root)).isFalse();
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(leaf);
        assertThat(Proofs.verifyInclusion(leaf, seq, size, longer, root)).isFalse();
        if (size > 1) {
          List<byte[]> shorter = path.subList(0, path.size() - 1);
          assertThat(Proofs.verifyInclusion(leaf, seq, size, shorter, root)).isFalse();
        }
      }
    }
  }

  @Test
  void everyConsistencyIsTheDefinitionsAndHolds() throws Exception {
    for (int size = 1; size <= SIZE; size += 3) {
      for (int first = 1; first <= size; first += 2) {
        List<byte[]> some = leaves.subList(0, size);
        List<byte[]> proof = Proofs.consistency(settings.directory(), ReadKeys.none(), first, size);
        assertThat(proof).containsExactlyElementsOf(Oracle.consistency(first, some, true));
        byte[] before = Oracle.root(leaves.subList(0, first));
        byte[] now = Oracle.root(some);
        assertThat(Proofs.verifyConsistency(first, before, size, now, proof)).isTrue();
        assertThat(Proofs.verifyConsistency(first, now, size, before, proof))
            .isEqualTo(first == size);
        if (first < size) {
          List<byte[]> shorter = proof.subList(0, proof.size() - 1);
          assertThat(Proofs.verifyConsistency(first, before, size, now, shorter)).isFalse();
        }
      }
    }
  }

  @Test
  void proofsGoOnWhenOldSegmentsWereDropped(@TempDir Path other) throws Exception {
    Path directory = other.resolve("journal");
    var here = new JournalSettings(directory, "n1", other.resolve("key.pem"), null, null, 4096);
    Written.append(here, 60);
    Instant later = Instant.now().plusSeconds(60);
    Retention.Dropped dropped = Retention.drop(here, later, InstantSource.system());
    assertThat(dropped.segments()).isPositive();
    assertThat(JournalVerifier.verify(directory).describe()).startsWith("whole: 62 records");
    String key = new KeyEpochs(directory).key(1).orElseThrow().text();
    long first = dropped.records() + 1;
    assertThat(InclusionProof.of(directory, ReadKeys.none(), first).check(key))
        .isInstanceOf(InclusionProof.Verdict.Proven.class);
    assertThatIOException()
        .isThrownBy(() -> InclusionProof.of(directory, ReadKeys.none(), 1))
        .withMessageContaining("no longer kept");
    Written.append(here, 3); // and the journal goes on
    assertThat(JournalVerifier.verify(directory).exitCode()).isZero();
    assertThat(Retention.drop(here, Instant.EPOCH, InstantSource.system()).segments()).isZero();
    Files.delete(directory.resolve("tombstones.txt"));
    assertThat(JournalVerifier.verify(directory).exitCode()).isEqualTo(6);
  }
}
