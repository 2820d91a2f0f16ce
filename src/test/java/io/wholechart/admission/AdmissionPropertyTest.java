package io.wholechart.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Seed;
import io.wholechart.admission.Entry.Admitted;
import io.wholechart.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Random comings and goings, ticks and lags: whoever gets in, the more urgent would have too. */
class AdmissionPropertyTest {
  private static final int ROUNDS = 200;
  private static final int STEPS = 300;

  private final AtomicLong clock = new AtomicLong();
  private int shedEmergencies;
  private int shedNormals;

  @Test
  void noEmergencyIsShedWhileAnotherRequestIsAdmitted() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator random = Seed.random(round);
      var settings = settings(random);
      try (var metrics = new Metrics(List.of())) {
        walk(new Admission(settings, metrics, clock::get), random, Seed.describe(round));
      }
    }
    assertThat(shedEmergencies).as("the walks come to where emergencies are shed").isPositive();
    assertThat(shedNormals).isGreaterThan(shedEmergencies);
  }

  @Test
  void inEveryStateALaneGetsInWhereALessUrgentOneWould() {
    for (int round = 0; round < ROUNDS; round++) {
      RandomGenerator random = Seed.random(round);
      var lanes = new Lanes(settings(random));
      for (int step = 0; step < STEPS; step++) {
        Lane lane = Lane.values()[random.nextInt(Lane.values().length)];
        switch (random.nextInt(5)) {
          case 0 -> lanes.refill(random.nextInt(1, 20));
          case 1 -> {
            if (lanes.inFlight(lane) > 0) {
              lanes.leave(lane);
            }
          }
          default -> {
            if (lanes.admits(lane)) {
              lanes.enter(lane);
            }
          }
        }
        assertThat(Arrays.stream(Lane.values()).map(lanes::admits))
            .as("%s, step %d", Seed.describe(round), step)
            .isSorted(); // false before true
      }
    }
  }

  private static AdmissionSettings settings(RandomGenerator random) {
    int most = random.nextInt(4, 60);
    return new AdmissionSettings(
        most,
        random.nextInt(1, most / 2 + 1),
        random.nextInt(0, most / 4 + 1),
        Duration.ofMillis(random.nextInt(10, 2000)),
        Duration.ofMillis(50));
  }

  private void walk(Admission admission, RandomGenerator random, String description)
      throws InterruptedException {
    List<Place> held = new ArrayList<>();
    for (int step = 0; step < STEPS; step++) {
      clock.addAndGet(random.nextLong(20_000_000));
      switch (random.nextInt(8)) {
        case 0 -> admission.tick(Duration.ofMillis(random.nextInt(4) == 0 ? 400 : 1));
        case 1 -> {
          while (held.size() > random.nextInt(60)) {
            held.remove(random.nextInt(held.size())).close();
          }
        }
        default -> held.addAll(oneOfEach(admission, random, description + ", step " + step));
      }
    }
  }

  /**
   * Every lane asks in the same state, the least urgent first, and gives its place back; then one
   * of them gets in, if it can. The starts that they use up are nothing that an emergency needs.
   */
  private List<Place> oneOfEach(Admission admission, RandomGenerator random, String description)
      throws InterruptedException {
    boolean isOneIn = false;
    for (Lane lane : Lane.values()) {
      if (admission.enter(lane, Duration.ZERO) instanceof Admitted(Place place)) {
        place.close();
        isOneIn = true;
      } else {
        assertThat(isOneIn && lane == Lane.EMERGENCY)
            .as("%s: an emergency is shed and another got in", description)
            .isFalse();
        shedEmergencies += lane == Lane.EMERGENCY ? 1 : 0;
        shedNormals += lane == Lane.NORMAL ? 1 : 0;
      }
    }
    Lane staying = Lane.values()[random.nextInt(Lane.values().length)];
    return admission.enter(staying, Duration.ZERO) instanceof Admitted(Place place)
        ? List.of(place)
        : List.of();
  }
}
