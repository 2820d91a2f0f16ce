package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.wholechart.audit.Receipt.Durable;
import io.wholechart.metrics.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditVerifierTest {
  private static final long SEED = 11;
  private static final int LINES = 5;

  @TempDir Path directory;
  private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
  private final Metrics metrics = FormerRecords.metrics();
  private byte[] sample = {};

  @BeforeEach
  void writeSample() throws Exception {
    try (AuditLog log = AuditLog.open(new AuditSettings(directory), metrics)) {
      for (int i = 1; i <= LINES; i++) {
        assertThat(log.append(FormerRecords.record("r-" + i))).isInstanceOf(Durable.class);
      }
    }
    sample = FormerRecords.bytes(directory);
  }

  @AfterEach
  void closeMetrics() {
    metrics.close();
  }

  @Test
  void whatWasWrittenIsWhole() {
    Verification verification = AuditVerifier.verify(directory);
    String lastHash = new String(sample, sample.length - 67, 64, ISO_8859_1);
    assertThat(verification).isEqualTo(new Verification.Whole(LINES, lastHash));
    assertThat(verification.exitCode()).isZero();
    assertThat(verification.describe()).isEqualTo("whole: 5 records, head " + lastHash);
  }

  @Test
  void anEmptyLogIsWhole() throws Exception {
    assertThat(verify(new byte[0])).isEqualTo(new Verification.Whole(0, "0".repeat(64)));
  }

  @Test
  void everyChangedByteIsSeenInItsLine() throws Exception {
    for (int at = 0; at < sample.length; at++) {
      for (int change : new int[] {1, 0x20, sample[at] ^ '\n', 1 + random.nextInt(255)}) {
        if (change == 0) {
          continue;
        }
        byte[] changed = sample.clone();
        changed[at] ^= (byte) change;
        Verification verification = verify(changed);
        if (at == sample.length - 1) { // the last line feed itself: the tail is unterminated
          assertThat(verification.exitCode()).isIn(2, 3);
        } else {
          assertAltered(verification, lineOf(at), "byte " + at + " xor " + change);
        }
      }
    }
  }

  @Test
  void everyLineTakenOutIsSeen() throws Exception {
    for (int i = 0; i < LINES - 1; i++) {
      List<byte[]> lines = lines();
      lines.remove(i);
      assertAltered(verify(joined(lines)), i + 1, "without line " + (i + 1));
    }
  }

  @Test
  void linesCutOffAtTheEndAreNotSeen() throws Exception {
    for (int kept = 0; kept < LINES; kept++) {
      assertThat(verify(joined(lines().subList(0, kept))))
          .isInstanceOf(Verification.Whole.class)
          .extracting(v -> ((Verification.Whole) v).records())
          .isEqualTo((long) kept);
    }
  }

  @Test
  void everySwapIsSeen() throws Exception {
    for (int i = 0; i < LINES; i++) {
      for (int j = i + 1; j < LINES; j++) {
        List<byte[]> lines = lines();
        Collections.swap(lines, i, j);
        assertAltered(verify(joined(lines)), i + 1, "swapped " + i + " and " + j);
      }
    }
  }

  @Test
  void everyDuplicateIsSeenWhereverItIsPut() throws Exception {
    for (int i = 0; i < LINES; i++) {
      for (int to = 0; to <= LINES; to++) {
        List<byte[]> lines = lines();
        lines.add(to, lines.get(i));
        int bad = to == i ? to + 2 : to + 1; // put before itself, the second of the two is too many
        assertAltered(verify(joined(lines)), bad, "line " + i + " again at " + to);
      }
    }
  }

  @Test
  void everyInsertedLineIsSeen() throws Exception {
    for (String line : List.of("", " ", "\r", "x", "{}", "null", "# note")) {
      for (int to = 0; to <= LINES; to++) {
        List<byte[]> lines = lines();
        lines.add(to, (line + "\n").getBytes(ISO_8859_1));
        assertAltered(verify(joined(lines)), to + 1, "'" + line + "' at " + to);
      }
    }
  }

  @Test
  void everyInsertedOrDroppedByteIsSeen() throws Exception {
    for (int at = 0; at < sample.length - 1; at++) {
      var more = new ByteArrayOutputStream();
      more.write(sample, 0, at);
      more.write(" \t\r\nx0".charAt(random.nextInt(6)));
      more.write(sample, at, sample.length - at);
      assertThat(verify(more.toByteArray()).exitCode()).as("more at %d", at).isEqualTo(3);
      var less = new ByteArrayOutputStream();
      less.write(sample, 0, at);
      less.write(sample, at + 1, sample.length - at - 1);
      assertThat(verify(less.toByteArray()).exitCode()).as("less at %d", at).isEqualTo(3);
    }
  }

  @Test
  void randomVandalismIsNeverWhole() throws Exception {
    for (int i = 0; i < 2000; i++) {
      byte[] changed = sample.clone();
      int from = random.nextInt(changed.length - 1);
      int to = Math.min(changed.length - 1, from + random.nextInt(1, 900));
      for (int at = from; at < to; at++) {
        changed[at] = (byte) random.nextInt(256);
      }
      changed[from] = (byte) (sample[from] + 1);
      assertThat(verify(changed).exitCode()).as("case %d of seed %d", i, SEED).isEqualTo(3);
    }
  }

  @Test
  void aLineThatIsChangedTogetherWithItsHashBreaksTheChain() throws Exception {
    List<byte[]> forged = linked("r-1", "r-2", "forged", "r-4", "r-5");
    List<byte[]> lines = lines();
    lines.set(2, forged.get(2));
    Verification verification = verify(joined(lines));
    assertAltered(verification, 4, "forged");
    assertThat(verification.describe())
        .contains("line 4", "does not follow the line before it: one of the two was exchanged");
  }

  @Test
  void aLineThatHashesWellButHidesAFieldIsSeen() throws Exception {
    Chain chain = Chain.empty();
    String text = new String(FormerText.encode(FormerRecords.record("r-1")), ISO_8859_1);
    String twice = text.replace("\"caller\":", "\"caller\":\"somebody-else\",\"caller\":");
    Verification verification = verify(link(chain, twice.getBytes(ISO_8859_1)));
    assertAltered(verification, 1, "field twice");
    assertThat(verification.describe()).contains("is not spelled as a record");
  }

  @Test
  void theVerdictSaysWhatAndWhere() throws Exception {
    List<byte[]> lines = lines();
    lines.remove(1);
    assertThat(verify(joined(lines)).describe())
        .isEqualTo(
            "altered: line 2, at byte %d, is record 3 where record 2 is due: lines were taken out,"
                    .formatted(lines.get(0).length)
                + " put in or moved; the 1 records before it are whole");
    byte[] changed = sample.clone();
    changed[200] ^= 1;
    assertThat(verify(changed).describe())
        .contains("line 1, at byte 0, was changed: its content does not give its hash");
    lines = lines();
    lines.add(1, new byte[] {'\n'});
    assertThat(verify(joined(lines)).describe()).contains("line 2", "is blank");
    lines.set(1, "x\n".getBytes(ISO_8859_1));
    assertThat(verify(joined(lines)).describe()).contains("is not a record of this journal");
  }

  @Test
  void aTornTailIsToldFromAnAlterationAtEveryByteAndMended() throws Exception {
    int start = sample.length - lines().get(LINES - 1).length;
    for (int length = start + 1; length < sample.length; length++) {
      Verification verification = verify(Arrays.copyOf(sample, length));
      assertThat(verification).as("cut at %d", length).isInstanceOf(Verification.TornTail.class);
      assertThat(verification.exitCode()).isEqualTo(2);
      assertThat(((Verification.TornTail) verification).records()).isEqualTo(LINES - 1);
      assertThat(((Verification.TornTail) verification).atByte()).isEqualTo(start);
      // A line that lacks only its line feed is kept, anything shorter is cut off.
      assertGoesOn(length == sample.length - 1 ? LINES : LINES - 1);
    }
  }

  @Test
  void aChangedLineBeforeATornTailIsAnAlteration() throws Exception {
    byte[] changed = Arrays.copyOf(sample, sample.length - 10);
    changed[300] ^= 1;
    assertAltered(verify(changed), lineOf(300), "line 1 and a torn tail");
  }

  @Test
  void aLineLongerThanAnyRecordIsRefusedInBoundedMemory() throws Exception {
    byte[] endless = Arrays.copyOf(sample, sample.length + 5_000_000);
    Arrays.fill(endless, sample.length, endless.length, (byte) 'x');
    assertAltered(verify(endless), LINES + 1, "endless");
    endless[endless.length - 1] = '\n';
    assertAltered(verify(endless), LINES + 1, "endless, with an end");
    byte[] tooLong = Arrays.copyOf(endless, sample.length + 300_000);
    tooLong[tooLong.length - 1] = '\n';
    assertThat(verify(tooLong).describe()).contains("longer than any record");
  }

  @Test
  void aLogOfManyBuffersIsReadToItsEndAndTellsHowFarItIs() throws Exception {
    var out = new ByteArrayOutputStream();
    Chain chain = Chain.empty();
    for (int i = 0; i < 12_000; i++) {
      out.writeBytes(link(chain, FormerText.encode(FormerRecords.random(random))));
    }
    byte[] bytes = out.toByteArray();
    assertThat(bytes.length).isGreaterThan(10_000_000);
    Files.write(FormerRecords.journal(directory), bytes);
    var heard = new ArrayList<Long>();
    Verification verification =
        AuditVerifier.verify(
            directory,
            (at, of) -> {
              assertThat(of).isEqualTo(bytes.length);
              heard.add(at);
            });
    assertThat(verification)
        .as("seed %d", SEED)
        .isEqualTo(new Verification.Whole(12_000, chain.hash()));
    assertThat(heard).isSorted().hasSizeGreaterThan(5).endsWith((long) bytes.length);
    bytes[9_000_000] ^= 1;
    assertThat(verify(bytes).exitCode()).isEqualTo(3);
  }

  @Test
  void aMissingLogIsNoVerdictOnALog() throws Exception {
    Path nowhere = directory.resolve("nowhere");
    assertThat(AuditVerifier.verify(nowhere).exitCode()).isEqualTo(1);
    assertThat(AuditVerifier.verify(nowhere).describe())
        .contains("there is no directory " + nowhere);
    Path empty = Files.createDirectory(directory.resolve("empty"));
    assertThat(AuditVerifier.verify(empty).exitCode()).isEqualTo(1);
    assertThat(AuditVerifier.verify(empty).describe())
        .contains("there is no audit log in " + empty, "no file audit.jsonl");
  }

  /** The recipe that the package's page gives to people without this program. */
  @Test
  void theRecipeOnThePackagesPageComesToTheSameVerdict() throws Exception {
    Path page = Path.of("src/main/java/io/wholechart/audit/package-info.java");
    assumeTrue(Files.exists(page), "the sources are not here");
    String text = Files.readString(page);
    String recipe =
        text.substring(text.indexOf(" * import hashlib"), text.indexOf(" * }</pre>\n *\n * <p>or"))
            .lines()
            .map(line -> line.substring(Math.min(3, line.length())))
            .collect(Collectors.joining("\n"));
    String head = ((Verification.Whole) AuditVerifier.verify(directory)).head();
    assertThat(python(recipe)).isEqualTo(LINES + " " + head);
    List<byte[]> lines = lines();
    String changed = new String(lines.get(1), ISO_8859_1).replace("ward-7", "ward-8");
    lines.set(1, changed.getBytes(ISO_8859_1));
    Files.write(FormerRecords.journal(directory), joined(lines));
    assertThat(python(recipe)).isEqualTo("line 2 was changed");
    lines = lines();
    lines.remove(2);
    Files.write(FormerRecords.journal(directory), joined(lines));
    assertThat(python(recipe)).isEqualTo("line 3 does not follow the line before it");
  }

  private String python(String program) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder("python3", "-c", program, FormerRecords.journal(directory).toString())
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      assumeTrue(false, "there is no python3 here");
      return "";
    }
    String said = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
    process.waitFor();
    return said.strip();
  }

  private void assertGoesOn(long records) throws Exception {
    try (AuditLog log = AuditLog.open(new AuditSettings(directory), metrics)) {
      assertThat(log.append(FormerRecords.record("after"))).isEqualTo(new Durable(records + 1));
    }
    assertThat(AuditVerifier.verify(directory)).extracting(Verification::exitCode).isEqualTo(0);
  }

  private static void assertAltered(Verification verification, long line, String how) {
    assertThat(verification).as(how).isInstanceOf(Verification.Altered.class);
    assertThat(verification.exitCode()).isEqualTo(3);
    assertThat(((Verification.Altered) verification).line()).as(how).isEqualTo(line);
  }

  private Verification verify(byte[] bytes) throws IOException {
    Files.write(FormerRecords.journal(directory), bytes);
    return AuditVerifier.verify(directory);
  }

  private int lineOf(int at) {
    int line = 1;
    for (int i = 0; i < at; i++) {
      line += sample[i] == '\n' ? 1 : 0;
    }
    return line;
  }

  private List<byte[]> lines() {
    return new String(sample, ISO_8859_1)
        .lines()
        .map(line -> (line + "\n").getBytes(ISO_8859_1))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static byte[] joined(List<byte[]> lines) {
    var out = new ByteArrayOutputStream();
    lines.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static List<byte[]> linked(String... requestIds) {
    Chain chain = Chain.empty();
    var lines = new ArrayList<byte[]>();
    for (String id : requestIds) {
      lines.add(link(chain, FormerText.encode(FormerRecords.record(id))));
    }
    return lines;
  }

  private static byte[] link(Chain chain, byte[] record) {
    ByteBuffer line = ByteBuffer.allocate(Chain.LONGEST_LINE);
    chain.link(record, line);
    return Arrays.copyOf(line.array(), line.position());
  }
}
