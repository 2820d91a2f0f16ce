package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The journal's directory, held by this process alone.
 *
 * <p>The lock is on a file of its own, because POSIX drops a process's locks on a file as soon as
 * the process closes any handle of that file: verifying the journal from inside the service would
 * unlock it.
 */
final class JournalDirectory implements AutoCloseable {
  static final String LOCK = "audit.lock";
  static final String CHECKPOINTS = "checkpoints.txt";
  private static final String FORMER = "audit.jsonl";

  // Kept beside the lock, because a second attempt within this process would close a handle too.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileLock lock;

  private JournalDirectory(Path directory, FileLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Makes the directory where there is none yet, and locks it. */
  static JournalDirectory hold(Path path) throws IOException {
    make(path);
    Path directory = path.toRealPath();
    if (Files.exists(directory.resolve(FORMER), LinkOption.NOFOLLOW_LINKS)) {
      throw new JournalUnavailableException(
          path,
          "it holds an audit.jsonl of an earlier form, which is not gone on with; keep it, and set"
              + " audit.directory to a new directory");
    }
    if (!HELD.add(directory)) {
      throw inUse(path);
    }
    try {
      return new JournalDirectory(directory, lock(directory));
    } catch (IOException e) {
      HELD.remove(directory);
      throw e;
    }
  }

  Path path() {
    return directory;
  }

  @Override
  public void close() throws IOException {
    try {
      lock.acquiredBy().close();
    } finally {
      HELD.remove(directory);
    }
  }

  // A directory is as durable as its entry in the one above, so each new one is synced there.
  static void make(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = directory.toAbsolutePath();
        path != null && Files.notExists(path);
        path = path.getParent()) {
      missing.push(path);
    }
    Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
    for (Path path : missing) {
      syncParent(path);
    }
  }

  /** Makes a small file whole or not at all, on disk when this returns. */
  static void write(Path file, String text) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      make(parent);
    }
    Path whole = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(whole);
    try (FileChannel channel =
        FileChannel.open(
            whole,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW),
            ownerOnly(file, "rw-------"))) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    syncParent(file);
  }

  static void syncParent(Path file) throws IOException {
    Path parent = file.toAbsolutePath().getParent();
    if (parent != null) {
      try (FileChannel channel = FileChannel.open(parent, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }

  static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }

  private static FileLock lock(Path directory) throws IOException {
    Path path = directory.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(
            path,
            Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
            ownerOnly(path, "rw-------"));
    try {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        throw inUse(directory);
      }
      return lock;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }

  private static JournalUnavailableException inUse(Path directory) {
    return new JournalUnavailableException(
        directory,
        "it is in use by another process; stop that one, or give this one its own audit.directory");
  }
}
