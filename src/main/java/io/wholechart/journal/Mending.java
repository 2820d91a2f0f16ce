package io.wholechart.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What is done to a file that a crash or a failed disk left, before another is begun. */
final class Mending {
  // More than one batch: what a sync that failed may have left in memory only.
  private static final int TAIL_BYTES = 2 * JournalWriter.BATCH_BYTES;

  private Mending() {}

  /** Cuts off what is behind this size. */
  static void cut(Path path, long size) throws IOException {
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE)) {
      if (file.size() > size) {
        file.truncate(size);
        file.force(true);
      }
    }
  }

  /**
   * Writes the end of the file over itself, and syncs it. After a failed sync Linux takes pages for
   * clean that never reached the disk, and a process that began later cannot know it: what it reads
   * here would be gone after a power failure, while lines in the next file build upon it.
   */
  static void rewriteEnd(Path path, boolean isLineFeedMissing) throws IOException {
    try (FileChannel file =
        FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long from = Math.max(0, file.size() - TAIL_BYTES);
      ByteBuffer tail = ByteBuffer.allocate((int) (file.size() - from) + 1);
      tail.limit(tail.capacity() - 1);
      while (tail.hasRemaining() && file.read(tail, from + tail.position()) > 0) {}
      if (isLineFeedMissing) {
        tail.limit(tail.capacity()).put((byte) '\n');
      }
      tail.flip();
      while (tail.hasRemaining()) {
        file.write(tail, from + tail.position());
      }
      file.force(true);
    }
  }
}
