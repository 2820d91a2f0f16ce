package io.wholechart.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/**
 * Where a journal goes on: its chain, how much of the file to keep, and whether the last line still
 * wants its line feed. Reads the end of the file only: the rest is the verifier's, and may be long.
 *
 * @param size of the file as it was found
 * @param kept bytes of whole lines, with or without the last line feed
 */
record JournalEnd(Chain chain, long size, long kept, boolean isLineFeedMissing) {
  private static final String MEND =
      "keep the file as evidence, look at it with `wholechart audit verify`, move it elsewhere and"
          + " start again";

  // The last whole line, one that was cut, and a batch of zeros where power failed.
  private static final int WINDOW = 2 * (Chain.LONGEST_LINE + 1) + JournalWriter.BATCH_BYTES;

  static JournalEnd of(Path directory, Path journal) throws IOException {
    try (FileChannel file = FileChannel.open(journal, StandardOpenOption.READ)) {
      long size = file.size();
      byte[] bytes = new byte[(int) Math.min(size, WINDOW)];
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && file.read(buffer, size - buffer.remaining()) > 0) {}
      return of(directory, size, bytes);
    }
  }

  private static JournalEnd of(Path directory, long size, byte[] bytes) throws IOException {
    int end = lineFeedBefore(bytes, bytes.length) + 1;
    Optional<Chain> chain = chain(bytes, end, size);
    if (chain.isEmpty()) {
      throw new AuditUnavailableException(
          directory, "the last line of its file is not as it was written; " + MEND);
    }
    long start = size - bytes.length;
    return switch (chain.get().judge(bytes, end, bytes.length)) {
      case CUT -> new JournalEnd(chain.get(), size, start + end, false);
      case WHOLE -> {
        int kept = Chain.withoutZeros(bytes, end, bytes.length);
        yield new JournalEnd(chain.get(), size, start + kept, true);
      }
      case FOREIGN ->
          throw new AuditUnavailableException(
              directory, "its file ends in bytes that the journal did not write; " + MEND);
    };
  }

  /**
   * Mends the file: cuts off a line that was never acknowledged. One that lacks only its line feed
   * gets it instead, since an editor may have taken that away, and then the line does count.
   */
  void mend(JournalFile file) throws IOException {
    if (size > kept) {
      file.truncate(kept);
    }
    if (isLineFeedMissing && file.write(ByteBuffer.wrap(new byte[] {'\n'})) != 1) {
      throw new IOException("the disk takes no bytes");
    }
    if (isMendingDue()) {
      file.force();
    }
  }

  boolean isMendingDue() {
    return size > kept || isLineFeedMissing;
  }

  private static Optional<Chain> chain(byte[] bytes, int end, long size) {
    if (end == 0) {
      return size == bytes.length ? Optional.of(Chain.empty()) : Optional.empty();
    }
    int from = lineFeedBefore(bytes, end - 1) + 1;
    return Chain.endingWith(Arrays.copyOfRange(bytes, from, end - 1));
  }

  private static int lineFeedBefore(byte[] bytes, int end) {
    int at = end - 1;
    while (at >= 0 && bytes[at] != '\n') {
      at--;
    }
    return at;
  }
}
