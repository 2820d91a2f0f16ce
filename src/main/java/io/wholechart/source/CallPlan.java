package io.wholechart.source;

import io.wholechart.patient.PatientId;
import java.util.List;

/** What a protocol asks of a source for one patient. */
interface CallPlan {
  List<SourceCall> calls(PatientId id);
}
