package io.wholechart.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.wholechart.admission.Entry.Admitted;
import io.wholechart.admission.Entry.Shed;
import io.wholechart.metrics.Metrics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AdmissionTest {
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final Duration LATE = Duration.ofMillis(400);
  private static final Duration ON_TIME = Duration.ZERO;

  private final Metrics metrics = new Metrics(List.of());
  private final AtomicLong clock = new AtomicLong();
  private final Admission admission =
      new Admission(
          new AdmissionSettings(100, 10, 10, Duration.ofSeconds(2), Duration.ofMillis(50)),
          metrics,
          clock::get);

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void theLastPlacesAreKeptForTheMoreUrgent() throws Exception {
    assertThat(fill(Lane.BATCH)).isEqualTo(40);
    assertThat(fill(Lane.NORMAL)).isEqualTo(40);
    assertThat(fill(Lane.URGENT)).isEqualTo(10);
    assertThat(fill(Lane.EMERGENCY)).isEqualTo(10);
  }

  @Test
  void whoFindsNoPlaceIsToldAtOnceHoweverPatient() throws Exception {
    fill(Lane.NORMAL);

    assertThat(admission.enter(Lane.NORMAL, LONG)).isEqualTo(new Shed());
    assertThat(metrics.scrape("text/plain")).contains("admission_shed_total{lane=\"normal\"}");
  }

  @Test
  void anEmergencyWaitsForAPlaceAndIsTheFirstToGetOne() throws Exception {
    List<Place> places = Collections.synchronizedList(new ArrayList<>());
    for (int i = 0; i < 100; i++) {
      places.add(((Admitted) admission.enter(Lane.EMERGENCY, LONG)).place());
    }
    FutureTask<Entry> batch = waiting(Lane.BATCH);
    FutureTask<Entry> emergency = waiting(Lane.EMERGENCY);

    places.removeFirst().close();

    assertThat(emergency.get()).isInstanceOf(Admitted.class);
    assertThat(batch.isDone()).isFalse();
    places.forEach(Place::close);
    await("the ticks that pay for the starts of emergencies")
        .until(() -> {
          admission.tick(ON_TIME);
          return batch.isDone();
        });
    assertThat(batch.get()).isInstanceOf(Admitted.class);
  }

  @Test
  void startsThatAreUsedUpComeAgainWithTheNextTick() throws Exception {
    use(StartPaceTest.MOST);
    FutureTask<Entry> waiting = waiting(Lane.NORMAL);

    admission.tick(ON_TIME);

    assertThat(waiting.get()).isInstanceOf(Admitted.class);
  }

  @Test
  void emergenciesDoNotWaitForStarts() throws Exception {
    use(StartPaceTest.MOST);

    assertThat(admission.enter(Lane.EMERGENCY, Duration.ZERO)).isInstanceOf(Admitted.class);
    assertThat(admission.enter(Lane.URGENT, Duration.ZERO)).isEqualTo(new Shed());
  }

  @Test
  void whoLosesPatienceIsShedAndTakesNoPlace() throws Exception {
    use(StartPaceTest.MOST);

    assertThat(admission.enter(Lane.NORMAL, Duration.ofMillis(1))).isEqualTo(new Shed());
    admission.tick(ON_TIME);
    assertThat(fill(Lane.NORMAL)).isEqualTo(80);
  }

  @Test
  void aQueueThatHasStoodForLongTakesNobodyMore() throws Exception {
    for (int i = 0; i < 100; i++) {
      admission.tick(LATE); // down to one start a tick
    }
    use(1);
    for (int i = 0; i < 3; i++) {
      waiting(Lane.NORMAL);
    }
    clock.addAndGet(Duration.ofSeconds(3).toNanos());

    assertThat(admission.enter(Lane.NORMAL, LONG)).isEqualTo(new Shed());
    assertThat(admission.enter(Lane.EMERGENCY, LONG)).isInstanceOf(Admitted.class);
    for (int i = 0; i < 9; i++) {
      admission.tick(ON_TIME);
    }
    assertThat(admission.enter(Lane.NORMAL, LONG)).isInstanceOf(Admitted.class);
  }

  @Test
  void aPlaceIsGivenBackOnce() throws Exception {
    fill(Lane.NORMAL);
    var place = ((Admitted) admission.enter(Lane.EMERGENCY, LONG)).place();
    place.close();
    place.close();

    assertThat(fill(Lane.EMERGENCY)).isEqualTo(20);
  }

  /** How many more get in when the starts are not what they lack. */
  private int fill(Lane lane) throws InterruptedException {
    int in = 0;
    admission.tick(ON_TIME);
    while (admission.enter(lane, Duration.ZERO) instanceof Admitted) {
      in++;
      admission.tick(ON_TIME);
    }
    return in;
  }

  private void use(int starts) throws InterruptedException {
    for (int i = 0; i < starts; i++) {
      ((Admitted) admission.enter(Lane.NORMAL, Duration.ZERO)).place().close();
    }
  }

  private FutureTask<Entry> waiting(Lane lane) {
    int before = admission.waiting(lane);
    var entry = new FutureTask<>(() -> admission.enter(lane, LONG));
    Thread.startVirtualThread(entry);
    await("somebody who waits").until(() -> admission.waiting(lane) == before + 1);
    return entry;
  }
}
