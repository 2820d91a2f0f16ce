package io.wholechart.admission;

import io.wholechart.admission.Entry.Admitted;
import io.wholechart.admission.Entry.Shed;
import io.wholechart.metrics.Metrics;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Gives out places, has requests wait for their turn, and sheds what there is no room for. */
public final class Admission {
  /** How much of a queue is kept that has not been empty for long. */
  private static final Duration STANDING = Duration.ofMillis(100);

  private static final List<Lane> MOST_URGENT_FIRST = List.of(Lane.values()).reversed();

  private final ReentrantLock lock = new ReentrantLock();
  private final Lanes lanes;
  private final Queues queues = new Queues();
  private final StartPace pace;
  private final Duration maxWait;
  private final int mostWaiting;
  private final Metrics metrics;
  private final LongSupplier nanoTime;
  private long emptyAt; // when nobody waited, last

  public Admission(AdmissionSettings settings, Metrics metrics, LongSupplier nanoTime) {
    this.lanes = new Lanes(settings);
    this.pace = new StartPace(settings.maxLag());
    this.maxWait = settings.maxWait();
    this.mostWaiting = settings.maxInFlight();
    this.metrics = metrics;
    this.nanoTime = nanoTime;
    this.emptyAt = nanoTime.getAsLong();
    lanes.refill(pace.perTick());
    watch();
  }

  /**
   * Returns with a place, or with none: at once where waiting is of no use.
   *
   * @param patience how long to wait at most; a batch alone may have more than the longest wait
   */
  public Entry enter(Lane lane, Duration patience) throws InterruptedException {
    long start = nanoTime.getAsLong();
    boolean isLimited = lane != Lane.BATCH && maxWait.compareTo(patience) < 0;
    Duration wait = isLimited ? maxWait : patience;
    Entry entry = enterOrWait(lane, wait);
    switch (entry) {
      case Admitted _ ->
          metrics.admitted(lane.key(), Duration.ofNanos(nanoTime.getAsLong() - start));
      case Shed _ -> metrics.shed(lane.key());
    }
    return entry;
  }

  private Entry enterOrWait(Lane lane, Duration wait) throws InterruptedException {
    @Nullable Waiter waiter = null;
    lock.lock();
    try {
      if (queues.isClear(lane) && lanes.admits(lane)) {
        lanes.enter(lane);
      } else if (wait.isPositive() && maysWait(lane)) {
        waiter = queues.join(lane);
      } else {
        return new Shed();
      }
    } finally {
      lock.unlock();
    }
    return waiter == null || isCalled(waiter, lane, wait)
        ? new Admitted(new Place(() -> leave(lane)))
        : new Shed();
  }

  private boolean isCalled(Waiter waiter, Lane lane, Duration wait) throws InterruptedException {
    boolean isServed = false;
    try {
      waiter.await(wait);
      isServed = true;
    } finally {
      lock.lock();
      try {
        if (waiter.isWaiting()) {
          queues.giveUp(lane, waiter);
        } else if (!isServed) { // interrupted, and called at the same time
          lanes.leave(lane);
          callNext();
        }
      } finally {
        lock.unlock();
      }
    }
    return waiter.isAdmitted();
  }

  /**
   * Whether the request can expect its turn. An emergency always waits, and so does a batch, which
   * nobody waits for at a screen.
   */
  private boolean maysWait(Lane lane) {
    int most =
        switch (lane) {
          case EMERGENCY, BATCH -> mostWaiting;
          case NORMAL, URGENT -> lanes.hasPlace(lane) ? canBeStarted() : 0;
        };
    return queues.waiting(lane) < Math.min(most, mostWaiting);
  }

  private int canBeStarted() {
    boolean isBurst = nanoTime.getAsLong() - emptyAt <= maxWait.toNanos();
    return isBurst ? pace.withinOnTime(maxWait) : pace.within(STANDING);
  }

  private void leave(Lane lane) {
    lock.lock();
    try {
      lanes.leave(lane);
      callNext();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Time for new starts.
   *
   * @param lag how much later than due that is
   */
  void tick(Duration lag) {
    lock.lock();
    try {
      pace.tick(lag);
      lanes.refill(pace.perTick());
      callNext();
      if (queues.isClear(Lane.NORMAL)) {
        emptyAt = nanoTime.getAsLong();
      }
    } finally {
      lock.unlock();
    }
  }

  private void callNext() {
    for (Lane lane : MOST_URGENT_FIRST) {
      while (lanes.admits(lane)) {
        @Nullable Waiter waiter = queues.next(lane);
        if (waiter == null) {
          break;
        }
        lanes.enter(lane);
        waiter.admit();
      }
    }
  }

  /** How many wait in a lane. */
  int waiting(Lane lane) {
    return look(() -> queues.waiting(lane)).intValue();
  }

  private void watch() {
    for (Lane lane : Lane.values()) {
      metrics.watchAdmission(lane.key(), () -> look(() -> lanes.inFlight(lane)));
    }
    metrics.watchStarts(
        () -> look(() -> pace.perTick() * 1e9 / StartPace.TICK.toNanos()),
        () -> look(() -> pace.lag().toNanos() / 1e9));
  }

  private Number look(java.util.function.Supplier<Number> what) {
    lock.lock();
    try {
      return what.get();
    } finally {
      lock.unlock();
    }
  }
}
