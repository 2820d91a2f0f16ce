package io.wholechart.http;

import io.helidon.webserver.http.Filter;
import io.helidon.webserver.http.FilterChain;
import io.helidon.webserver.http.RoutingRequest;
import io.helidon.webserver.http.RoutingResponse;
import io.wholechart.admission.Admission;
import io.wholechart.admission.Entry;
import io.wholechart.admission.Lane;
import io.wholechart.admission.Place;
import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets requests in, whichever route they came by, and gives their places back when their answers
 * have left or will never do.
 *
 * <p>A route knows the urgency, and only what is around all routes knows the end; a route that had
 * to give the place back itself could forget to, and the service would shrink by one with each
 * request.
 */
final class Turns implements Filter {
  private static final ScopedValue<List<Place>> HELD = ScopedValue.newInstance();

  private final Admission admission;

  Turns(Admission admission) {
    this.admission = admission;
  }

  @Override
  public void filter(FilterChain chain, RoutingRequest request, RoutingResponse response) {
    List<Place> held = new ArrayList<>(1);
    try {
      ScopedValue.where(HELD, held).run(chain::proceed);
    } finally {
      held.forEach(Place::close);
    }
  }

  /** Takes a place for the request of this thread, or says that there is none. */
  Entry enter(Urgency urgency, Duration patience) throws InterruptedException {
    Entry entry = admission.enter(Lane.of(urgency), patience);
    if (entry instanceof Entry.Admitted(Place place)) {
      HELD.get().add(place);
    }
    return entry;
  }
}
