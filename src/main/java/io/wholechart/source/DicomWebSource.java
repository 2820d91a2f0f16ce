package io.wholechart.source;

import io.wholechart.dicom.QidoReader;
import io.wholechart.patient.SourceId;
import io.wholechart.source.FhirPages.Limits;
import java.util.List;

/** Asks an imaging archive for the patient's studies: QIDO-RS (DICOM PS3.18, section 10.6). */
final class DicomWebSource implements CallPlan {
  private final Upstream upstream;
  private final Replicas replicas;
  private final Limits limits;
  private final QidoReader reader;

  DicomWebSource(Upstream upstream, Replicas replicas, Limits limits) {
    this.upstream = upstream;
    this.replicas = replicas;
    this.limits = limits;
    this.reader = new QidoReader(limits.payload());
  }

  @Override
  public List<SourceCall> calls(SourceId id) {
    // An id cannot hold a wildcard or a separator of DICOM matching: SourceId's alphabet has none.
    String url =
        replicas.primary()
            + "/studies?PatientID="
            + UrlText.encoded(id.value())
            + "&includefield="
            + String.join(",", QidoReader.INCLUDE_FIELDS);
    return List.of(new QidoPages(upstream, reader, replicas, url, limits));
  }
}
