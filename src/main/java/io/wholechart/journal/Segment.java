package io.wholechart.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A segment that is being written: a new file, from its header on. Once a write or a sync failed it
 * is never written to again, only cut back to what was on disk before. Belongs to one thread.
 */
final class Segment {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path path;
  private final JournalFile file;
  private final Chain chain;
  private final @Nullable Seal seal;
  private final ByteBuffer plain = ByteBuffer.allocate(Chain.LONGEST_LINE);
  private @Nullable Object fileKey;
  private long headerBytes;
  private long written;
  private long durable;
  private boolean isDirty; // a write that fails may leave some of it there

  private Segment(Path path, JournalFile file, Chain chain, @Nullable Seal seal) {
    this.path = path;
    this.file = file;
    this.chain = chain;
    this.seal = seal;
  }

  /** Makes the file, and has it and its header on disk. */
  static Segment create(Place place, Tip tip) throws IOException {
    byte @Nullable [] masterKey = place.keys().encryption();
    byte @Nullable [] salt = null;
    if (masterKey != null) {
      salt = new byte[Seal.SALT_BYTES];
      RANDOM.nextBytes(salt);
    }
    var header = new SegmentHeader(place.node(), place.epoch(), tip.hash(), tip.tree(), salt);
    Path path = place.path().apply(header.first());
    JournalFile file = place.opener().open(path);
    try {
      var seal = masterKey == null || salt == null ? null : new Seal(masterKey, salt);
      var segment = new Segment(path, file, header.chain(), seal);
      byte[] line = header.encode();
      segment.write(ByteBuffer.allocate(line.length + 1).put(line).put((byte) '\n').flip());
      segment.sync();
      segment.headerBytes = segment.durable;
      JournalDirectory.syncParent(path);
      segment.fileKey = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
      return segment;
    } catch (IOException e) {
      file.close();
      file.discard(path); // it has no line, and its name is wanted again
      throw e;
    }
  }

  /**
   * Where segments are made, and how.
   *
   * @param path of the one that begins with this line
   * @param keys by which they are encrypted, if they are
   */
  record Place(
      LongFunction<Path> path, String node, int epoch, ReadKeys keys, JournalFile.Opener opener) {}

  Chain chain() {
    return chain;
  }

  /** Adds the line of this content to what is to be written; answers its hash. */
  byte[] link(byte[] content, ByteBuffer to) {
    if (seal == null) {
      return chain.link(content, to);
    }
    plain.clear();
    byte[] leaf = chain.link(content, plain);
    to.put(seal.seal(plain.array(), 0, plain.position() - 1)).put((byte) '\n');
    return leaf;
  }

  void write(ByteBuffer lines) throws IOException {
    isDirty = true;
    while (lines.hasRemaining()) {
      int count = file.write(lines);
      if (count <= 0) {
        throw new IOException("the disk takes no bytes");
      }
      written += count;
    }
  }

  void sync() throws IOException {
    file.force();
    durable = written;
    isDirty = false;
  }

  /** Throws if what was written is no longer what a reader finds in its place. */
  void checkInPlace() throws IOException {
    var found = Files.readAttributes(path, BasicFileAttributes.class);
    if (!Objects.equals(found.fileKey(), fileKey) || found.size() != file.sizeOf(written)) {
      throw new IOException("the file was replaced or cut while it was written to");
    }
  }

  long size() {
    return written;
  }

  void close() throws IOException {
    file.close();
  }

  /**
   * Cuts off what is not known to be on disk, so that the next segment can begin there, and closes.
   */
  void abandon() throws IOException {
    try (file) {
      if (isDirty) {
        file.truncate(durable);
      }
    }
  }

  /**
   * Makes room for the next segment: does again what {@link #abandon} could not, by the file's
   * name, and takes the file away where it holds no record, since the next one has the same name.
   */
  void cutBack() throws IOException {
    boolean isThere =
        Files.exists(path)
            && Objects.equals(
                Files.readAttributes(path, BasicFileAttributes.class).fileKey(), fileKey);
    if (isThere && durable == headerBytes) {
      Files.delete(path);
      JournalDirectory.syncParent(path);
    } else if (isThere) {
      Mending.cut(path, durable);
    }
  }
}
