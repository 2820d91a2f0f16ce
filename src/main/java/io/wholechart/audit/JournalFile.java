package io.wholechart.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The file below the journal, as far as the journal writes to it: where tests let a disk fail. */
interface JournalFile extends Closeable {
  /** Appends some of the bytes, perhaps not all; answers how many. */
  int write(ByteBuffer bytes) throws IOException;

  /** Returns when everything that was written is on disk. */
  void force() throws IOException;

  void truncate(long size) throws IOException;

  /** How the file is opened. */
  interface Opener {
    JournalFile open(Path path) throws IOException;
  }

  static JournalFile onDisk(Path path) throws IOException {
    FileChannel channel =
        FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
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
