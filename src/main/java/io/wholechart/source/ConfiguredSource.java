package io.wholechart.source;

import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A source as its settings describe it, with the plan of its protocol. */
record ConfiguredSource(String name, SourceSettings settings, CallPlan plan)
    implements PatientSource {

  @Override
  public @Nullable String idSystem() {
    return settings.idSystem();
  }

  @Override
  public Set<Section> sections() {
    return settings.sections();
  }

  @Override
  public Duration timeout(Urgency urgency, Duration whole) {
    return settings.timeout(urgency, whole);
  }

  @Override
  public List<SourceCall> calls(SourceId id) {
    return plan.calls(id);
  }
}
