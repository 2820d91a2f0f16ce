package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own in a file, which can be filled up and which becomes read-only as one
 * does whose disk fails. Needs root and loop devices.
 */
final class FailingDisk implements AutoCloseable {
  private static final int MEBIBYTES = 24;

  private final Path image;
  private final Path mount;
  private final Path filler;

  private FailingDisk(Path image, Path mount) {
    this.image = image;
    this.mount = mount;
    this.filler = mount.resolve("filler");
  }

  /** Makes one, or skips the test, visibly, where that is not allowed. */
  static FailingDisk mount(Path folder, String name) throws IOException, InterruptedException {
    Path image = folder.resolve(name + ".img");
    Path mount = Files.createDirectories(folder.resolve(name));
    try (var file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength((long) MEBIBYTES << 20);
    }
    // Without a journal of the file system's, so that it can be made writable again.
    boolean isMounted =
        isDone("mkfs.ext4", "-q", "-O", "^has_journal", image.toString())
            && isDone("mount", "-o", "loop,errors=remount-ro", image.toString(), mount.toString());
    assumeTrue(isMounted, "a file system can be mounted (root, loop devices, mkfs.ext4)");
    return new FailingDisk(image, mount);
  }

  Path path() {
    return mount;
  }

  /** Not a byte more fits. */
  void fill() throws IOException {
    for (int size : new int[] {1 << 20, 4096, 1}) {
      try (OutputStream out =
          Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
        byte[] block = new byte[size];
        for (int i = 0; i < MEBIBYTES << 10; i++) {
          out.write(block);
        }
      } catch (IOException e) {
        // full
      }
    }
  }

  void empty() throws IOException {
    Files.delete(filler);
  }

  /** As after an error of the disk: whatever is open can be written no more. */
  void failReadOnly() throws Exception {
    String device = output("findmnt", "-n", "-o", "SOURCE", mount.toString()).strip();
    Path trigger =
        Path.of("/sys/fs/ext4", Path.of(device).getFileName().toString(), "trigger_fs_error");
    Files.writeString(trigger, "1");
    // How the kernel says it differs with its version.
    assertThat(output("findmnt", "-n", "-o", "OPTIONS", mount.toString()))
        .containsPattern("^ro,|emergency_ro");
  }

  /**
   * What an operator does: mounts what was saved of it, under a process that still holds the old
   * one's files.
   */
  void mend() throws Exception {
    assertThat(isDone("umount", "-l", mount.toString())).isTrue();
    // The image itself would be the same file system again, which stays read-only while it is used.
    Path another = image.resolveSibling(image.getFileName() + ".2");
    Files.copy(image, another);
    var _ = isDone("e2fsck", "-fy", another.toString()); // says 1 where it has mended something
    assertThat(isDone("mount", "-o", "loop", another.toString(), mount.toString())).isTrue();
  }

  @Override
  public void close() throws IOException {
    try {
      isDone("umount", "-l", mount.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static boolean isDone(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  private static String output(String... command) throws IOException {
    Process process = new ProcessBuilder(List.of(command)).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }
}
