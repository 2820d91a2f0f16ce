package io.wholechart.source;

import io.wholechart.dicom.QidoReader;
import io.wholechart.dicom.QidoReading;
import io.wholechart.fhir.Resource;
import io.wholechart.source.SourceCall.Ending;
import java.util.List;
import java.util.Optional;

/** Reads a list of studies page by page until one is not full (DICOM PS3.18, section 8.3.4.4). */
final class QidoPages implements SourceCall {
  private static final String ACCEPT = "application/dicom+json";
  private static final int PAGE = 100;
  private static final QidoReader READER = new QidoReader();

  private final Upstream upstream;
  private final String url;
  private final int maxPages;

  // The state of the one run that this object is made for.
  private int bytesLeft;
  private int unreadable;
  private List<Resource> before = List.of();

  QidoPages(Upstream upstream, String url, int maxPages, int maxBodyBytes) {
    this.upstream = upstream;
    this.url = url;
    this.maxPages = maxPages;
    this.bytesLeft = maxBodyBytes;
  }

  @Override
  public Ending run(Intake intake) throws InterruptedException {
    for (int page = 0; page < maxPages; page++) {
      String at = url + "&limit=" + PAGE + "&offset=" + page * PAGE;
      Optional<Ending> ending =
          switch (upstream.read(new UpstreamRequest(at, ACCEPT, bytesLeft, intake))) {
            case UpstreamAnswer.Broken(var failure, _) -> Optional.of(new Ending.Broken(failure));
            case UpstreamAnswer.Answered answer -> take(answer, intake);
          };
      if (ending.isPresent()) {
        return ending.get();
      }
    }
    return Ending.broken(FailureReason.PARTIAL, "has more pages than maxPages allows");
  }

  /** Takes a page; empty where there may be another one. */
  private Optional<Ending> take(UpstreamAnswer.Answered answer, Intake intake) {
    if (answer.status() == 204) { // how older archives say that nothing, or nothing more, matches
      return Optional.of(ending());
    }
    if (answer.status() >= 300) {
      return broken(FailureReason.ERROR, "answered HTTP " + answer.status());
    }
    if (!answer.mediaType().endsWith("json")) {
      return broken(FailureReason.INVALID, "answered with what is not DICOM JSON");
    }
    bytesLeft -= answer.body().length;
    return switch (READER.read(answer.body())) {
      case QidoReading.Unreadable _ ->
          broken(FailureReason.INVALID, "sent a body that is not DICOM JSON");
      case QidoReading.Read(List<Resource> studies, _)
          when !studies.isEmpty() && studies.equals(before) ->
          broken(FailureReason.PARTIAL, "sends the same page for every offset");
      case QidoReading.Read(List<Resource> studies, int broken) -> {
        before = studies;
        unreadable += broken;
        intake.add(studies, answer.at());
        boolean isFull = studies.size() + broken == PAGE; // more is an archive without paging
        yield isFull ? Optional.empty() : Optional.of(ending());
      }
    };
  }

  private Ending ending() {
    return unreadable == 0
        ? new Ending.Whole()
        : Ending.broken(FailureReason.PARTIAL, "sent " + unreadable + " studies without a UID");
  }

  private static Optional<Ending> broken(FailureReason reason, String detail) {
    return Optional.of(Ending.broken(reason, detail));
  }
}
