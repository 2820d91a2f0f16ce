package io.wholechart.admission;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait, by lane, first come first served. Whoever gives up stays until it would have been
 * its turn: to find it in the middle would take a walk through all of them.
 */
final class Queues {
  private final Map<Lane, ArrayDeque<Waiter>> waiters = new EnumMap<>(Lane.class);
  private final int[] waiting = new int[Lane.values().length];

  Queues() {
    for (Lane lane : Lane.values()) {
      waiters.put(lane, new ArrayDeque<>());
    }
  }

  Waiter join(Lane lane) {
    var waiter = new Waiter();
    of(lane).add(waiter);
    waiting[lane.rank()]++;
    return waiter;
  }

  void giveUp(Lane lane, Waiter waiter) {
    waiter.giveUp();
    waiting[lane.rank()]--;
  }

  /** Whether nobody waits in this lane or in a more urgent one. */
  boolean isClear(Lane lane) {
    for (int i = lane.rank(); i < waiting.length; i++) {
      if (waiting[i] > 0) {
        return false;
      }
    }
    return true;
  }

  int waiting(Lane lane) {
    return waiting[lane.rank()];
  }

  /** The next one of a lane, if somebody waits. */
  @Nullable Waiter next(Lane lane) {
    for (Waiter waiter = of(lane).poll(); waiter != null; waiter = of(lane).poll()) {
      if (waiter.isWaiting()) {
        waiting[lane.rank()]--;
        return waiter;
      }
    }
    return null;
  }

  private ArrayDeque<Waiter> of(Lane lane) {
    return Objects.requireNonNull(waiters.get(lane));
  }
}
