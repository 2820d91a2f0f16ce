package io.wholechart.audit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
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
  static final String JOURNAL = "audit.jsonl";
  static final String LOCK = "audit.lock";

  // Kept beside the lock, because a second attempt within this process would close a handle too.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileLock lock;

  private JournalDirectory(Path directory, FileLock lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /** Makes the directory and an empty journal where there is none yet, and locks it. */
  static JournalDirectory hold(Path path) throws IOException {
    make(path);
    Path directory = path.toRealPath();
    if (!HELD.add(directory)) {
      throw inUse(path);
    }
    JournalDirectory held;
    try {
      held = new JournalDirectory(directory, lock(directory));
    } catch (IOException e) {
      HELD.remove(directory);
      throw e;
    }
    try {
      create(held.journal());
      sync(directory);
      return held;
    } catch (IOException e) {
      held.close();
      throw e;
    }
  }

  Path journal() {
    return directory.resolve(JOURNAL);
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
  private static void make(Path directory) throws IOException {
    Deque<Path> missing = new ArrayDeque<>();
    for (Path path = directory.toAbsolutePath();
        path != null && Files.notExists(path);
        path = path.getParent()) {
      missing.push(path);
    }
    Files.createDirectories(directory, ownerOnly(directory, "rwx------"));
    for (Path path : missing) {
      Path parent = path.getParent();
      if (parent != null) {
        sync(parent);
      }
    }
  }

  private static FileLock lock(Path directory) throws IOException {
    Path path = directory.resolve(LOCK);
    create(path);
    FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
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

  private static AuditUnavailableException inUse(Path directory) {
    return new AuditUnavailableException(
        directory,
        "it is in use by another process; stop that one, or give this one its own audit.directory");
  }

  private static void create(Path file) throws IOException {
    if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      FileChannel.open(
              file,
              Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE),
              ownerOnly(file, "rw-------"))
          .close();
    }
  }

  private static void sync(Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path path, String permissions) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
        }
        : new FileAttribute<?>[0];
  }
}
