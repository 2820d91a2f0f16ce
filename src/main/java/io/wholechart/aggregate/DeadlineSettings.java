package io.wholechart.aggregate;

import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.List;

/** The block {@code deadline}: how long an answer may take, by urgency. */
public record DeadlineSettings(Duration emergency, Duration urgent, Duration normal) {
  public DeadlineSettings {
    require("emergency", emergency);
    require("urgent", urgent);
    require("normal", normal);
  }

  public Duration of(Urgency urgency) {
    return switch (urgency) {
      case EMERGENCY -> emergency;
      case URGENT -> urgent;
      case NORMAL -> normal;
    };
  }

  public Duration longest() {
    return List.of(emergency, urgent, normal).stream().max(Duration::compareTo).orElseThrow();
  }

  public List<Duration> all() {
    return List.of(emergency, urgent, normal);
  }

  private static void require(String key, Duration deadline) {
    if (!deadline.isPositive() || deadline.compareTo(Duration.ofMinutes(5)) > 0) {
      throw new IllegalArgumentException(key + " must be longer than zero and at most 5m");
    }
  }
}
