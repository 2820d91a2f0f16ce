package io.wholechart.audit;

import java.time.Instant;

/**
 * When something was recorded, by two clocks: the one that people read may be set, the other only
 * goes on.
 *
 * @param at UTC, cut to milliseconds
 * @param mono nanoseconds since the process began
 * @param run which process: 8 hex digits that are another at each start
 * @param isSpooled whether it was kept elsewhere first, while the journal could not be written
 */
public record Stamp(Instant at, long mono, String run, boolean isSpooled) {
  public Stamp {
    at = TimeText.kept("at", at);
    Wording.number("mono", mono);
    Wording.hex("run", run, 8);
  }

  public Stamp(Instant at, long mono, String run) {
    this(at, mono, run, false);
  }

  public Stamp spooled() {
    return new Stamp(at, mono, run, true);
  }
}
