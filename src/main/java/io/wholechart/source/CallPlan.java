package io.wholechart.source;

import io.wholechart.patient.SourceId;
import java.util.List;

/** What a protocol asks of a source for one patient. */
interface CallPlan {
  List<SourceCall> calls(SourceId id);
}
