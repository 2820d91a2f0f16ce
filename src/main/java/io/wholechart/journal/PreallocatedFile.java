package io.wholechart.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/**
 * A file that is as long as it will ever be, zeros behind what is written: whoever fills up its
 * disk later takes nothing from it, and a sync need not write how long it is.
 */
final class PreallocatedFile implements JournalFile {
  private static final int PIECE = 1 << 20;

  private final FileChannel channel;
  private final long size;
  private long position;

  private PreallocatedFile(FileChannel channel, long size) {
    this.channel = channel;
    this.size = size;
  }

  /** Makes the file, or takes what is in it away. */
  static JournalFile open(Path path, long size) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent != null) {
      JournalDirectory.make(parent);
    }
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
            JournalDirectory.ownerOnly(path, "rw-------"));
    try {
      var file = new PreallocatedFile(channel, size);
      // From its end on, so that a kill leaves whole lines, which are found to have been copied.
      file.zero(0, size);
      channel.truncate(size);
      channel.force(true);
      return file;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private void zero(long from, long to) throws IOException {
    ByteBuffer zeros = ByteBuffer.allocate(Math.clamp(to - from, 0, PIECE));
    for (long end = to; end > from; ) {
      long start = Math.max(from, end - zeros.capacity());
      zeros.clear().limit((int) (end - start));
      while (zeros.hasRemaining()) {
        channel.write(zeros, start + zeros.position());
      }
      end = start;
    }
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    if (bytes.remaining() > size - position) {
      throw new IOException("it is full");
    }
    int count = channel.write(bytes, position);
    position += count;
    return count;
  }

  @Override
  public void force() throws IOException {
    channel.force(false);
  }

  @Override
  public void truncate(long to) throws IOException {
    zero(to, position);
    position = to;
  }

  @Override
  public long sizeOf(long written) {
    return size;
  }

  @Override
  public void discard(Path path) {
    // its room is not given away
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
