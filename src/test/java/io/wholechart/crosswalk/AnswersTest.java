package io.wholechart.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.crosswalk.Answers.Question;
import io.wholechart.patient.SourceId;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final AtomicLong now = new AtomicLong();
  private final Answers answers = new Answers(3, Duration.ofSeconds(10), now::get);

  @Test
  void anAnswerIsKeptUntilItIsTooOld() {
    answers.keep(question(1), answer(1));
    now.addAndGet(Duration.ofMillis(9_999).toNanos());
    assertThat(answers.to(question(1))).contains(answer(1));
    now.addAndGet(Duration.ofMillis(1).toNanos());
    assertThat(answers.to(question(1))).isEmpty();
    assertThat(answers.size()).isZero();
  }

  @Test
  void theLeastRecentlyUsedGoesFirst() {
    for (int i = 1; i <= 3; i++) {
      answers.keep(question(i), answer(i));
    }
    assertThat(answers.to(question(1))).isPresent();
    answers.keep(question(4), answer(4));
    assertThat(answers.to(question(2))).isEmpty();
    assertThat(answers.to(question(1))).contains(answer(1));
    assertThat(answers.size()).isEqualTo(3);
  }

  @Test
  void aCacheOfNoEntriesKeepsNothing() {
    var none = new Answers(0, Duration.ofSeconds(10), now::get);
    none.keep(question(1), answer(1));
    assertThat(none.to(question(1))).isEmpty();
  }

  private static Question question(int number) {
    return new Question("p-" + number, "urn:oid:1.2.3");
  }

  private static Resolution answer(int number) {
    return new Resolution.Found(new SourceId("urn:oid:1.2.3", "l-" + number));
  }
}
