package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A file that checkpoints are appended to. Belongs to one thread. */
final class CheckpointFile {
  // Where a search for the last note begins: notes have some 330 bytes.
  private static final int TAIL_BYTES = 64 * 1024;

  private final Path path;
  private @Nullable FileChannel channel;
  private long size = -1; // of what is known to be on disk; before that was looked at, -1

  private CheckpointFile(Path path) {
    this.path = path;
  }

  /** For a file that may be on a disk that is not there now. */
  static CheckpointFile at(Path path) {
    return new CheckpointFile(path);
  }

  /** The last note that is whole, if there is one, of a file that somebody may be writing to. */
  static Optional<byte[]> last(Path path) throws IOException {
    if (!Files.isRegularFile(path)) {
      return Optional.empty();
    }
    Optional<byte[]> last = Optional.empty();
    long from = at(path).startOfNote(Math.max(0, Files.size(path) - TAIL_BYTES));
    try (var notes = new CheckpointLines(path, from)) {
      while (notes.next()) {
        last = Optional.of(notes.note());
      }
    }
    return last;
  }

  /** The last note that is whole, if there is one; anything behind it is cut off. */
  Optional<byte[]> mend() throws IOException {
    size = 0;
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    long length = Files.size(path);
    Optional<byte[]> last = Optional.empty();
    try (var notes = new CheckpointLines(path, startOfNote(Math.max(0, length - TAIL_BYTES)))) {
      while (notes.next()) {
        last = Optional.of(notes.note());
        size = notes.end();
      }
    }
    if (length > size) {
      Mending.cut(path, size);
    }
    return last;
  }

  /** Has the note on disk. After a failure the file is opened anew for the next one. */
  void append(byte[] note) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(note.length + 1).put(note).put((byte) '\n').flip();
    try {
      FileChannel open = open();
      if (Files.size(path) != size) {
        throw new IOException("the file was replaced or cut while it was written to");
      }
      long at = size;
      while (bytes.hasRemaining()) {
        at += open.write(bytes, at);
      }
      open.force(false);
      size = at;
    } catch (IOException e) {
      close();
      throw e;
    }
  }

  void close() throws IOException {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      open.close();
    }
  }

  private FileChannel open() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      Path parent = path.toAbsolutePath().getParent();
      if (parent != null) {
        JournalDirectory.make(parent);
      }
      boolean isNew = !Files.exists(path);
      if (size < 0 || isNew || Files.size(path) < size) {
        var _ = mend();
      } else {
        Mending.cut(path, size); // what failed is gone before anything is written behind it
      }
      open =
          FileChannel.open(
              path,
              Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
              JournalDirectory.ownerOnly(path, "rw-------"));
      channel = open;
      if (isNew) {
        JournalDirectory.syncParent(path);
      }
    }
    return open;
  }

  /** The first byte of a note at or behind this place. */
  private long startOfNote(long from) throws IOException {
    if (from == 0) {
      return 0;
    }
    byte[] bytes = new byte[TAIL_BYTES];
    try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      while (buffer.hasRemaining() && file.read(buffer, from + buffer.position()) > 0) {}
    }
    String text = new String(bytes, ISO_8859_1);
    int origin = text.indexOf("\n\nwholechart/audit/");
    return origin < 0 ? 0 : from + origin + 2;
  }
}
