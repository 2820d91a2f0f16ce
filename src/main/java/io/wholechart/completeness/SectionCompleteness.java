package io.wholechart.completeness;

import java.util.List;

/**
 * One section's state and what it rests on.
 *
 * @param expected the sources that are responsible for it
 * @param answered those of them that answered whole
 */
public record SectionCompleteness(
    SectionState state, List<String> expected, List<String> answered) {
  public SectionCompleteness {
    expected = List.copyOf(expected);
    answered = List.copyOf(answered);
    boolean isAnswered = !expected.isEmpty() && answered.containsAll(expected);
    if (!state.isLacking() && !isAnswered) {
      throw new IllegalArgumentException(state.key() + " while a responsible source is missing");
    }
  }
}
