package io.wholechart.bench;

import java.time.Duration;
import java.util.List;

/**
 * How long things are measured.
 *
 * @param warm what each JVM is given before figures count
 * @param rounds how often every contender has its turn
 * @param round how long a turn takes
 * @param held how long a turn with thousands of waiting callers takes
 * @param bursts how often a thousand emergencies come at once
 * @param singles how many single emergencies
 * @param starts how often each contender is started
 * @param idle how long one is left alone before its idle memory is read
 * @param journals how many audit records are verified
 */
record Scale(
    String name,
    Duration warm,
    int rounds,
    Duration round,
    Duration held,
    int heldRounds,
    int bursts,
    int singles,
    int starts,
    Duration idle,
    Duration growth,
    int growthRounds,
    List<Integer> journals) {
  private static final int MILLION = 1_000_000;

  static Scale quick() {
    return new Scale(
        "quick (for debugging: too short for a figure that one would quote)",
        Duration.ofSeconds(3),
        2,
        Duration.ofSeconds(2),
        Duration.ofSeconds(6),
        1,
        1,
        1,
        1,
        Duration.ofSeconds(1),
        Duration.ofSeconds(1),
        1,
        List.of(MILLION));
  }

  static Scale full(boolean isHundredMillion) {
    return new Scale(
        "full",
        Duration.ofSeconds(30),
        5,
        Duration.ofSeconds(12),
        Duration.ofSeconds(30),
        3,
        5,
        10,
        5,
        Duration.ofSeconds(5),
        Duration.ofSeconds(8),
        3,
        isHundredMillion
            ? List.of(MILLION, 10 * MILLION, 100 * MILLION)
            : List.of(MILLION, 10 * MILLION));
  }
}
