package io.wholechart.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A real file on a disk that fails, writes short or hangs as the test says. */
final class FaultyFile implements JournalFile {
  final AtomicInteger writes = new AtomicInteger();
  final AtomicInteger forces = new AtomicInteger();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private JournalFile delegate;
  private int failedWrite = -1;
  private int failedForce = -1;
  private int hangingForce = -1;
  private int mostBytes = Integer.MAX_VALUE;

  FaultyFile failingWrite(int n) {
    failedWrite = n;
    return this;
  }

  FaultyFile failingForce(int n) {
    failedForce = n;
    return this;
  }

  /** The n-th sync hangs until {@link #release}. */
  FaultyFile hangingForce(int n) {
    hangingForce = n;
    return this;
  }

  FaultyFile writingAtMost(int bytes) {
    mostBytes = bytes;
    return this;
  }

  JournalFile.Opener opener() {
    return path -> open(path);
  }

  private JournalFile open(Path path) throws IOException {
    delegate = JournalFile.onDisk(path);
    return this;
  }

  void awaitHang() throws InterruptedException {
    reached.await();
  }

  void release() {
    released.countDown();
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    boolean isFailing = writes.incrementAndGet() == failedWrite;
    int length = Math.min(bytes.remaining(), isFailing ? bytes.remaining() / 2 : mostBytes);
    ByteBuffer some = bytes.slice(bytes.position(), length);
    while (some.hasRemaining()) {
      delegate.write(some);
    }
    bytes.position(bytes.position() + length);
    if (isFailing) {
      throw new IOException("Input/output error"); // after some of it got there, as disks do
    }
    return length;
  }

  @Override
  public void force() throws IOException {
    int n = forces.incrementAndGet();
    if (n == hangingForce) {
      reached.countDown();
      try {
        released.await();
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
    }
    if (n == failedForce) {
      throw new IOException("Input/output error");
    }
    delegate.force();
  }

  @Override
  public void truncate(long size) throws IOException {
    delegate.truncate(size);
  }

  @Override
  public void close() throws IOException {
    delegate.close();
  }
}
