package io.wholechart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of a few MiB of its own, which a test may fill or have go read-only. */
public final class SmallDisk implements AutoCloseable {
  private final Path mount;
  private final Path image; // that it is in; itself where it is in memory
  private final Path ballast;

  private SmallDisk(Path mount, Path image) {
    this.mount = mount;
    this.image = image;
    this.ballast = mount.resolve("ballast");
  }

  /** In memory; a test is skipped where mounting is not allowed. */
  public static SmallDisk inMemory(Path mount, int mebibytes) throws IOException {
    Files.createDirectories(mount);
    boolean isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "t", mount);
    assumeTrue(isMounted, "mounting a file system is not allowed here");
    return new SmallDisk(mount, mount);
  }

  /** In a file, so that it can fail as one on a disk does; needs loop devices as well. */
  public static SmallDisk inFile(Path mount, int mebibytes) throws IOException {
    Files.createDirectories(mount);
    Path image = mount.resolveSibling(mount.getFileName() + ".img");
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) mebibytes << 20);
    }
    // Without a journal of the file system's, so that it can be made writable again.
    boolean isMounted =
        run("mkfs.ext4", "-q", "-O", "^has_journal", image)
            && run("mount", "-o", "loop,errors=remount-ro", image, mount);
    assumeTrue(isMounted, "mounting a file system out of a file is not allowed here");
    return new SmallDisk(mount, image);
  }

  public Path path() {
    return mount;
  }

  /** Leaves no room for another byte. */
  public void fill() throws IOException {
    try (FileChannel file =
        FileChannel.open(ballast, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      for (int size = 1 << 16; size > 0; size >>= 1) {
        write(file, size);
      }
    }
  }

  private static void write(FileChannel file, int size) {
    try {
      while (file.write(ByteBuffer.allocate(size)) > 0) {}
    } catch (IOException e) {
      // full
    }
  }

  /** There is room again. */
  public void free() throws IOException {
    Files.deleteIfExists(ballast);
  }

  /** One in a file: as after an error of the disk, whatever is open can be written no more. */
  public void failReadOnly() throws IOException {
    Path device = Path.of(said("findmnt", "-n", "-o", "SOURCE", mount).strip()).getFileName();
    Files.writeString(Path.of("/sys/fs/ext4", device.toString(), "trigger_fs_error"), "1");
    // How the kernel says it differs with its version.
    assertThat(said("findmnt", "-n", "-o", "OPTIONS", mount)).containsPattern("^ro,|emergency_ro");
  }

  /**
   * What an operator does then: mounts what was saved of it, under a process that still holds the
   * old one's files.
   */
  public void mend() throws IOException {
    assertThat(run("umount", "--lazy", mount)).isTrue();
    // The image itself would be the same file system again, which stays read-only while it is used.
    Path saved = image.resolveSibling(image.getFileName() + ".2");
    Files.copy(image, saved);
    var _ = run("e2fsck", "-fy", saved); // fails also where it has mended something
    assertThat(run("mount", "-o", "loop", saved, mount)).isTrue();
  }

  @Override
  public void close() {
    run("umount", "--lazy", mount);
  }

  private static String said(Object... command) throws IOException {
    return new String(builder(command).start().getInputStream().readAllBytes(), UTF_8);
  }

  private static ProcessBuilder builder(Object... command) {
    return new ProcessBuilder(List.of(command).stream().map(Object::toString).toList());
  }

  private static boolean run(Object... command) {
    try {
      Process process =
          builder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      return false; // there is no such command
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new IOException(e));
    }
  }
}
