package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * Does every kind of harm to every piece of a sample log, one at a time, and has it verified.
 *
 * @param stride of the places within a file: 1 for all of them
 */
final class Mutations {
  private final Path directory;
  private final ReadKeys keys;
  private final MutationTable table;
  private final int stride;
  private final String sample;

  Mutations(Path directory, ReadKeys keys, String sample, int stride, MutationTable table) {
    this.directory = directory;
    this.keys = keys;
    this.sample = sample;
    this.stride = stride;
    this.table = table;
  }

  void run() throws IOException {
    List<SegmentName> segments = SegmentName.in(directory);
    for (SegmentName segment : segments) {
      boolean isLast = segment.equals(segments.getLast());
      bytes("segment", segment.path(), isLast ? Set.of(2, 3, 4, 5, 8) : Set.of(3, 5, 6, 8));
      pieces("record", segment.path(), lines(segment.path()), Set.of(3, 4, 5, 6));
      gone("segment", segment.path(), Set.of(4, 6));
    }
    swapFiles(segments);
    Path checkpoints = directory.resolve(JournalDirectory.CHECKPOINTS);
    bytes("checkpoints", checkpoints, Set.of(2, 3, 4, 5, 8));
    pieces("checkpoint", checkpoints, notes(checkpoints), Set.of(2, 3, 4, 5));
    gone("checkpoints", checkpoints, Set.of(4));
    try (var files = Files.newDirectoryStream(directory.resolve("keys"), "*.pub")) {
      for (Path key : files) {
        bytes("public key", key, Set.of(8));
        gone("public key", key, Set.of(8));
      }
    }
  }

  private void bytes(String what, Path file, Set<Integer> expected) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at += stride) {
      for (int bit = 0; bit < 8; bit += stride == 1 ? 1 : 3) {
        byte[] flipped = whole.clone();
        flipped[at] ^= (byte) (1 << bit);
        check(what + ": a bit flipped", file, flipped, at, expected);
      }
      byte[] shorter = without(whole, at, at + 1);
      check(what + ": a byte taken out", file, shorter, at, expected);
      byte[] longer = joined(List.of(head(whole, at), new byte[] {'0'}, tail(whole, at)));
      if (!Arrays.equals(Arrays.copyOf(longer, whole.length), whole) || whole.length > 0) {
        check(what + ": a byte put in", file, longer, at, expected);
      }
      check(what + ": cut off", file, head(whole, at), at, with(expected, 4, 6));
    }
    Files.write(file, whole);
  }

  /** A file's lines or notes: taken out, put in again elsewhere, exchanged, strangers put in. */
  private void pieces(String what, Path file, List<byte[]> pieces, Set<Integer> expected)
      throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int i = 0; i < pieces.size(); i++) {
      List<byte[]> less = new ArrayList<>(pieces);
      less.remove(i);
      check(what + ": taken out", file, joined(less), i, expected);
      for (int j = 0; j <= pieces.size(); j++) {
        List<byte[]> more = new ArrayList<>(pieces);
        more.add(j, pieces.get(i));
        check(what + ": put in again", file, joined(more), i, expected);
        if (j > i && j < pieces.size()) {
          List<byte[]> swapped = new ArrayList<>(pieces);
          Collections.swap(swapped, i, j);
          check(what + ": two exchanged", file, joined(swapped), i, expected);
        }
      }
      for (String stranger : List.of("\n", "{}\n", "x\n\n")) {
        List<byte[]> more = new ArrayList<>(pieces);
        more.add(i, stranger.getBytes(ISO_8859_1));
        check(what + ": a stranger put in", file, joined(more), i, expected);
      }
    }
    Files.write(file, whole);
  }

  private void gone(String what, Path file, Set<Integer> expected) throws IOException {
    byte[] whole = Files.readAllBytes(file);
    Files.delete(file);
    table.add(sample, what + ": file deleted", file, 0, verify(), expected);
    Files.write(file, whole);
  }

  private void swapFiles(List<SegmentName> segments) throws IOException {
    for (int i = 0; i + 1 < segments.size(); i++) {
      Path one = segments.get(i).path();
      Path other = segments.get(i + 1).path();
      byte[] bytes = Files.readAllBytes(one);
      byte[] others = Files.readAllBytes(other);
      Files.write(one, others);
      Files.write(other, bytes);
      table.add(sample, "segment: two exchanged", one, 0, verify(), Set.of(3, 5, 6, 8));
      Files.write(one, bytes);
      Files.write(other, others);
    }
  }

  private void check(String what, Path file, byte[] changed, int at, Set<Integer> expected)
      throws IOException {
    Files.write(file, changed);
    table.add(sample, what, file, at, verify(), expected);
  }

  private Verification verify() {
    return JournalVerifier.verify(directory, JournalVerifier.Options.standard().with(keys));
  }

  private static List<byte[]> lines(Path file) throws IOException {
    List<byte[]> lines = new ArrayList<>();
    for (String line : Files.readString(file, ISO_8859_1).split("(?<=\n)")) {
      lines.add(line.getBytes(ISO_8859_1));
    }
    return lines;
  }

  private static List<byte[]> notes(Path file) throws IOException {
    List<byte[]> notes = new ArrayList<>();
    try (var walk = new CheckpointLines(file)) {
      while (walk.next()) {
        notes.add(joined(List.of(walk.note(), new byte[] {'\n'})));
      }
    }
    return notes;
  }

  private static byte[] joined(List<byte[]> pieces) {
    var out = new ByteArrayOutputStream();
    pieces.forEach(out::writeBytes);
    return out.toByteArray();
  }

  private static byte[] head(byte[] bytes, int to) {
    return Arrays.copyOf(bytes, to);
  }

  private static byte[] tail(byte[] bytes, int from) {
    return Arrays.copyOfRange(bytes, from, bytes.length);
  }

  private static byte[] without(byte[] bytes, int from, int to) {
    return joined(List.of(head(bytes, from), tail(bytes, to)));
  }

  private static Set<Integer> with(Set<Integer> codes, Integer... more) {
    var all = new java.util.HashSet<>(codes);
    all.addAll(List.of(more));
    return all;
  }
}
