package io.wholechart.admission;

import java.util.Arrays;

/**
 * Decides who gets in, by who is in and by the starts that are left. What is asked of a lane
 * includes what is asked of the more urgent ones, so that it never gets in where one of those would
 * not.
 */
final class Lanes {
  private final int[] limits;
  private final int[] inFlight = new int[Lane.values().length];
  private int starts;

  Lanes(AdmissionSettings settings) {
    limits = Arrays.stream(Lane.values()).mapToInt(settings::limit).toArray();
  }

  /**
   * Whether there is room: below its own bound for those in it and in the less urgent lanes, and
   * below the more urgent lanes' likewise. So emergencies beyond their reserve take places of the
   * others, and within it none.
   */
  boolean hasPlace(Lane lane) {
    int sum = 0;
    boolean hasPlace = true;
    for (int rank = 0; rank < inFlight.length; rank++) {
      sum += inFlight[rank];
      hasPlace &= rank < lane.rank() || sum < limits[rank];
    }
    return hasPlace;
  }

  /** Whether it may start now, if it has a place. Emergencies are never held back. */
  boolean hasStart(Lane lane) {
    return lane == Lane.EMERGENCY || starts > 0;
  }

  boolean admits(Lane lane) {
    return hasPlace(lane) && hasStart(lane);
  }

  void enter(Lane lane) {
    if (!admits(lane)) {
      throw new IllegalStateException("no place in lane " + lane.key());
    }
    inFlight[lane.rank()]++;
    starts--;
  }

  void leave(Lane lane) {
    if (inFlight[lane.rank()] == 0) {
      throw new IllegalStateException("nobody is in lane " + lane.key());
    }
    inFlight[lane.rank()]--;
  }

  /**
   * Gives out new starts. Those that were not used are lost, or a quiet minute would allow a flood;
   * what emergencies took beyond theirs is owed by the others, up to one round.
   */
  void refill(int pace) {
    starts = Math.min(pace, Math.max(starts, -pace) + pace);
  }

  int inFlight(Lane lane) {
    return inFlight[lane.rank()];
  }
}
