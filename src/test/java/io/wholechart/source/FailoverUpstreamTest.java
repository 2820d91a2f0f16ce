package io.wholechart.source;

import static io.wholechart.source.Calls.BAD_REQUEST;
import static io.wholechart.source.Calls.REFUSED;
import static io.wholechart.source.Calls.SICK;
import static io.wholechart.source.Calls.THROTTLED;
import static io.wholechart.source.Calls.WELL;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.Urgency;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FailoverUpstreamTest {
  private static final Replicas REPLICAS =
      new Replicas(
          List.of(URI.create("http://a/"), URI.create("http://b/x"), URI.create("http://c")));
  private static final UpstreamAnswer NOT_FOUND = ScriptedUpstream.answer(404, "text/plain", "");
  private static final UpstreamAnswer OPEN =
      UpstreamAnswer.broken(FailureReason.CIRCUIT_OPEN, "was not asked");

  private final UpstreamAnswer[] answers = {WELL, WELL, WELL};
  private final List<String> urls = new ArrayList<>();
  private final Set<Integer> open = new HashSet<>();
  private int failovers;
  private long now;

  private final FailoverUpstream upstream =
      new FailoverUpstream(
          List.of(replica(0), replica(1), replica(2)),
          REPLICAS,
          open::contains,
          () -> now,
          () -> failovers++);

  @Test
  void thePrimaryIsAskedFirstAndAlone() throws Exception {
    assertThat(read()).isSameAs(WELL);
    assertThat(urls).containsExactly("http://a/results?patient=p-1");
    assertThat(failovers).isZero();
  }

  @Test
  void whatCannotBeReachedOrFailsMovesToTheNextReplica() throws Exception {
    answers[0] = REFUSED;
    answers[1] = SICK;

    assertThat(((UpstreamAnswer.Answered) read()).replica()).isEqualTo(2);
    assertThat(urls)
        .containsExactly(
            "http://a/results?patient=p-1",
            "http://b/x/results?patient=p-1",
            "http://c/results?patient=p-1");
    assertThat(failovers).isEqualTo(2);
  }

  @Test
  void whatAReplicaRefusesOrDoesNotKnowItsReplicasWouldToo() throws Exception {
    for (UpstreamAnswer answer : List.of(NOT_FOUND, BAD_REQUEST, THROTTLED)) {
      answers[0] = answer;
      assertThat(read()).isSameAs(answer);
    }
    assertThat(urls).hasSize(3);
  }

  @Test
  void withNoTimeLeftTheFailureStands() throws Exception {
    answers[0] = REFUSED;
    now = Duration.ofMillis(9_901).toNanos();

    assertThat(read()).isSameAs(REFUSED);
    assertThat(urls).hasSize(1);
  }

  @Test
  void anOpenBreakersReplicaComesLast() {
    open.add(0);
    assertThat(upstream.order()).containsExactly(1, 2, 0);
    open.add(1);
    open.add(2);
    assertThat(upstream.order()).containsExactly(0, 1, 2);
  }

  @Test
  void thatAReplicaWasNotAskedIsNoFailoverAndHidesNoFailure() throws Exception {
    answers[0] = OPEN;
    answers[1] = SICK;
    answers[2] = OPEN;

    assertThat(read()).isSameAs(SICK);
    assertThat(failovers).isOne();
    answers[1] = OPEN;
    assertThat(read()).isSameAs(OPEN);
    assertThat(failovers).isOne();
  }

  @Test
  void aFurtherPageIsAskedOfTheReplicaThatHasItAndOfNoOther() throws Exception {
    answers[1] = REFUSED;

    assertThat(upstream.read(request().at("http://b/page?2").only(1))).isSameAs(REFUSED);
    assertThat(urls).containsExactly("http://b/page?2");
  }

  @Test
  void everyCallCountsAsAnAttempt() throws Exception {
    answers[0] = REFUSED;
    UpstreamRequest request = request();
    upstream.read(request);

    assertThat(request.intake().attempts()).isEqualTo(2);
  }

  private Upstream replica(int number) {
    return request -> {
      request.intake().asking(request.attempt());
      urls.add(request.url());
      return answers[number];
    };
  }

  private UpstreamAnswer read() throws InterruptedException {
    return upstream.read(request());
  }

  private static UpstreamRequest request() {
    return Calls.request(Urgency.NORMAL, Duration.ofSeconds(10));
  }
}
