package io.wholechart.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The file of a segment: named by the epoch of its lines and the number of its first. */
record SegmentName(Path path, int epoch, long first) {
  private static final Pattern NAME = Pattern.compile("audit-([0-9]{6})-([0-9]{12,18})\\.jsonl");

  static SegmentName of(Path directory, int epoch, long first) {
    Path path = directory.resolve("audit-%06d-%012d.jsonl".formatted(epoch, first));
    return new SegmentName(path, epoch, first);
  }

  /** All of a directory, in the order of their lines. */
  static List<SegmentName> in(Path directory) throws IOException {
    var names = new ArrayList<SegmentName>();
    try (var files = Files.newDirectoryStream(directory, "audit-*.jsonl")) {
      for (Path file : files) {
        parse(file).ifPresent(names::add);
      }
    }
    names.sort(Comparator.comparingLong(SegmentName::first).thenComparingInt(SegmentName::epoch));
    return names;
  }

  private static Optional<SegmentName> parse(Path file) {
    Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
    return name.matches()
        ? Optional.of(
            new SegmentName(file, Integer.parseInt(name.group(1)), Long.parseLong(name.group(2))))
        : Optional.empty();
  }

  String fileName() {
    return String.valueOf(path.getFileName());
  }
}
