package io.wholechart.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Real files on a disk that fails, writes short or hangs as the test says. It is sound, and counts
 * nothing, until it is armed: a journal's opening is not what is tested.
 */
public final class FaultyDisk {
  public final AtomicInteger writes = new AtomicInteger();
  public final AtomicInteger forces = new AtomicInteger();
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch released = new CountDownLatch(1);
  private int failedWrite = -1;
  private int failedForce = -1;
  private volatile int hangingForce = -1;
  private int mostBytes = Integer.MAX_VALUE;
  private volatile boolean isArmed;
  private volatile boolean isFull;

  /** The n-th write fails, after some of it got there. */
  public FaultyDisk failingWrite(int n) {
    failedWrite = n;
    return this;
  }

  public FaultyDisk failingForce(int n) {
    failedForce = n;
    return this;
  }

  /** The n-th sync hangs until {@link #release}. */
  public FaultyDisk hangingForce(int n) {
    hangingForce = n;
    return this;
  }

  /** The next sync hangs. */
  public void hang() {
    hangingForce = forces.get() + 1;
  }

  public FaultyDisk writingAtMost(int bytes) {
    mostBytes = bytes;
    return this;
  }

  public void fill(boolean now) {
    isFull = now;
  }

  /** A journal on this disk, which is armed once the journal is open. */
  public Journal open(
      JournalSettings settings, JournalEvents events, int queueCapacity, Duration stalledAfter)
      throws JournalUnavailableException {
    Journal journal = openSound(settings, events, queueCapacity, stalledAfter);
    arm();
    return journal;
  }

  /** A journal on this disk, which is sound until it is armed. */
  public Journal openSound(
      JournalSettings settings, JournalEvents events, int queueCapacity, Duration stalledAfter)
      throws JournalUnavailableException {
    return Journal.open(
        settings,
        events,
        this::open,
        InstantSource.system(),
        new JournalWriter.Limits(settings.segmentBytes(), queueCapacity, stalledAfter));
  }

  public void arm() {
    isArmed = true;
  }

  public void awaitHang() throws InterruptedException {
    reached.await();
  }

  public void release() {
    released.countDown();
  }

  private JournalFile open(Path path) throws IOException {
    return new FaultyFile(JournalFile.onDisk(path));
  }

  private final class FaultyFile implements JournalFile {
    private final JournalFile delegate;

    FaultyFile(JournalFile delegate) {
      this.delegate = delegate;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      boolean isFailing = isFull || (isArmed && writes.incrementAndGet() == failedWrite);
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
      int n = isArmed ? forces.incrementAndGet() : 0;
      if (n > 0 && n == hangingForce) {
        reached.countDown();
        try {
          released.await();
        } catch (InterruptedException e) {
          throw new IOException(e);
        }
      }
      if (n > 0 && n == failedForce) {
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
}
