package io.wholechart.source;

import io.wholechart.dicom.QidoReader;
import io.wholechart.patient.SourceId;
import java.net.URI;
import java.util.List;

/** Asks an imaging archive for the patient's studies: QIDO-RS (DICOM PS3.18, section 10.6). */
final class DicomWebSource implements CallPlan {
  private final Upstream upstream;
  private final URI base;
  private final int maxPages;
  private final int maxBodyBytes;

  DicomWebSource(Upstream upstream, URI base, int maxPages, int maxBodyBytes) {
    this.upstream = upstream;
    this.base = base;
    this.maxPages = maxPages;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public List<SourceCall> calls(SourceId id) {
    // An id cannot hold a wildcard or a separator of DICOM matching: SourceId's alphabet has none.
    String url =
        base
            + "/studies?PatientID="
            + UrlText.encoded(id.value())
            + "&includefield="
            + String.join(",", QidoReader.INCLUDE_FIELDS);
    return List.of(new QidoPages(upstream, url, maxPages, maxBodyBytes));
  }
}
