package io.wholechart.source;

import io.wholechart.patient.Section;
import io.wholechart.patient.SourceId;
import io.wholechart.patient.Urgency;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One upstream system, ready to be asked. */
public interface PatientSource {
  /** Its configured name. */
  String name();

  /** The assigning authority of the ids by which it knows patients, where that is configured. */
  @Nullable String idSystem();

  /** What it is responsible for. */
  Set<Section> sections();

  /** How long it may take, where the whole request may take that long. */
  Duration timeout(Urgency urgency, Duration whole);

  /** The reads that together are its answer, to be made at the same time. */
  List<SourceCall> calls(SourceId id);
}
