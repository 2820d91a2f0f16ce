package io.wholechart.dicom;

import io.wholechart.fhir.Resource;
import java.util.List;

/** What an archive's answer turned out to be. */
public sealed interface QidoReading {
  /**
   * A list of studies.
   *
   * @param unreadable the objects in it that are no study
   */
  record Read(List<Resource> studies, int unreadable) implements QidoReading {
    public Read {
      studies = List.copyOf(studies);
    }
  }

  /** More studies than are read. */
  record TooMany() implements QidoReading {}

  /** Not DICOM JSON, or nested too deeply, or too much of it. */
  record Unreadable() implements QidoReading {}
}
