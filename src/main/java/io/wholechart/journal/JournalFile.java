package io.wholechart.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** The file below a segment, as far as it is written to: where tests let a disk fail. */
interface JournalFile extends Closeable {
  /** Appends some of the bytes, perhaps not all; answers how many. */
  int write(ByteBuffer bytes) throws IOException;

  /** Returns when everything that was written is on disk. */
  void force() throws IOException;

  void truncate(long size) throws IOException;

  /** How long the file is when so much is written. */
  default long sizeOf(long written) {
    return written;
  }

  /** Takes away the file, which was closed before it held a line. */
  default void discard(Path path) throws IOException {
    Files.deleteIfExists(path);
  }

  /** How a new file is made and opened. */
  interface Opener {
    JournalFile open(Path path) throws IOException;
  }

  static JournalFile onDisk(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            JournalDirectory.ownerOnly(path, "rw-------"));
    return new JournalFile() {
      @Override
      public int write(ByteBuffer bytes) throws IOException {
        return channel.write(bytes);
      }

      @Override
      public void force() throws IOException {
        channel.force(false); // the length is synced too; what is left out is only the time stamp
      }

      @Override
      public void truncate(long size) throws IOException {
        channel.truncate(size);
      }

      @Override
      public void close() throws IOException {
        channel.close();
      }
    };
  }
}
