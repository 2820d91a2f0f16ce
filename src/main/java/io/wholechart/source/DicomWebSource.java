package io.wholechart.source;

import io.wholechart.dicom.QidoReader;
import io.wholechart.dicom.QidoReading;
import io.wholechart.fhir.Resource;
import io.wholechart.patient.PatientId;
import io.wholechart.source.SourceCall.Ending;
import java.net.URI;
import java.util.List;

/** Asks an imaging archive for the patient's studies: QIDO-RS (DICOM PS3.18, section 10.6). */
final class DicomWebSource implements CallPlan {
  private static final String ACCEPT = "application/dicom+json";
  private static final int PAGE = 100;

  private final Upstream upstream;
  private final URI base;
  private final int maxPages;
  private final int maxBodyBytes;
  private final QidoReader reader = new QidoReader();

  DicomWebSource(Upstream upstream, URI base, int maxPages, int maxBodyBytes) {
    this.upstream = upstream;
    this.base = base;
    this.maxPages = maxPages;
    this.maxBodyBytes = maxBodyBytes;
  }

  @Override
  public List<SourceCall> calls(PatientId id) {
    // An id cannot hold a wildcard or a separator of DICOM matching: PatientId's alphabet has none.
    String url =
        base
            + "/studies?PatientID="
            + id.value()
            + "&includefield="
            + String.join(",", QidoReader.INCLUDE_FIELDS);
    return List.of(intake -> pages(url, intake));
  }

  private Ending pages(String url, Intake intake) throws InterruptedException {
    int bytesLeft = maxBodyBytes;
    int unreadable = 0;
    List<Resource> before = List.of();
    for (int page = 0; page < maxPages; page++) {
      String at = url + "&limit=" + PAGE + "&offset=" + page * PAGE;
      switch (upstream.read(new UpstreamRequest(at, ACCEPT, bytesLeft, intake))) {
        case UpstreamAnswer.Broken(var failure) -> {
          return new Ending.Broken(failure);
        }
        case UpstreamAnswer.Answered answer when answer.status() == 204 -> {
          return ending(
              unreadable); // how older archives say that nothing, or nothing more, matches
        }
        case UpstreamAnswer.Answered answer when answer.status() >= 300 -> {
          return Ending.broken(FailureReason.ERROR, "answered HTTP " + answer.status());
        }
        case UpstreamAnswer.Answered answer when !answer.mediaType().endsWith("json") -> {
          return Ending.broken(FailureReason.INVALID, "answered with what is not DICOM JSON");
        }
        case UpstreamAnswer.Answered answer -> {
          bytesLeft -= answer.body().length;
          switch (reader.read(answer.body())) {
            case QidoReading.Unreadable _ -> {
              return Ending.broken(FailureReason.INVALID, "sent a body that is not DICOM JSON");
            }
            case QidoReading.Read(List<Resource> studies, int broken) -> {
              if (page > 0 && studies.equals(before)) {
                return Ending.broken(FailureReason.PARTIAL, "sends the same page for every offset");
              }
              before = studies;
              unreadable += broken;
              intake.add(studies, answer.at());
              if (studies.size() + broken != PAGE) { // more than that is an archive without paging
                return ending(unreadable);
              }
            }
          }
        }
      }
    }
    return Ending.broken(FailureReason.PARTIAL, "has more pages than maxPages allows");
  }

  private static Ending ending(int unreadable) {
    return unreadable == 0
        ? new Ending.Whole()
        : Ending.broken(FailureReason.PARTIAL, "sent " + unreadable + " studies without a UID");
  }
}
