package io.wholechart;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
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
  private final Path ballast;

  private SmallDisk(Path mount) {
    this.mount = mount;
    this.ballast = mount.resolve("ballast");
  }

  /** In memory; a test is skipped where mounting is not allowed. */
  public static SmallDisk inMemory(Path mount, int mebibytes) throws IOException {
    Files.createDirectories(mount);
    boolean isMounted = run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "t", mount);
    assumeTrue(isMounted, "mounting a file system is not allowed here");
    return new SmallDisk(mount);
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

  @Override
  public void close() {
    run("umount", "--lazy", mount);
  }

  private static boolean run(Object... command) {
    try {
      Process process =
          new ProcessBuilder(List.of(command).stream().map(Object::toString).toList())
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
