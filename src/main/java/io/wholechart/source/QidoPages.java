package io.wholechart.source;

import io.wholechart.dicom.QidoReader;
import io.wholechart.dicom.QidoReading;
import io.wholechart.fhir.Resource;
import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.SourceCall.Ending;
import java.util.List;
import java.util.Optional;

/** Reads a list of studies page by page until one is not full (DICOM PS3.18, section 8.3.4.4). */
final class QidoPages implements SourceCall {
  private static final String ACCEPT = "application/dicom+json";
  private static final int PAGE = 100;
  private final Upstream upstream;
  private final QidoReader reader;
  private final Replicas replicas;
  private final String url;
  private final Limits limits;

  // The state of the one run that this object is made for.
  private int bytesLeft;
  private int replica = UpstreamRequest.ANY; // the one that gave the first page: others may sort
  private int unreadable;
  private int entries;
  private List<Resource> before = List.of();

  QidoPages(Upstream upstream, QidoReader reader, Replicas replicas, String url, Limits limits) {
    this.upstream = upstream;
    this.reader = reader;
    this.replicas = replicas;
    this.url = url;
    this.limits = limits;
    this.bytesLeft = limits.maxBytes();
  }

  @Override
  public Ending run(Intake intake) throws InterruptedException {
    for (int page = 0; page < limits.maxPages(); page++) {
      String at = url + "&limit=" + PAGE + "&offset=" + page * PAGE;
      Optional<Ending> ending =
          switch (upstream.read(request(at, intake))) {
            case UpstreamAnswer.Broken(var failure, _) -> Optional.of(new Ending.Broken(failure));
            case UpstreamAnswer.Answered answer -> take(answer, intake);
          };
      if (ending.isPresent()) {
        return ending.get();
      }
    }
    return Ending.broken(FailureReason.PARTIAL, "has more pages than maxPages allows");
  }

  private UpstreamRequest request(String at, Intake intake) {
    var request = new UpstreamRequest(at, ACCEPT, bytesLeft, intake);
    return replica == UpstreamRequest.ANY
        ? request
        : request.at(replicas.moved(at, replica)).only(replica);
  }

  /** Takes a page; empty where there may be another one. */
  private Optional<Ending> take(UpstreamAnswer.Answered answer, Intake intake) {
    replica = answer.replica();
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
    return switch (reader.read(answer.body(), entries)) {
      case QidoReading.TooMany _ ->
          broken(FailureReason.OVER_LIMIT, "sent more studies than maxEntries allows");
      case QidoReading.Unreadable _ ->
          broken(FailureReason.INVALID, "sent a body that is not DICOM JSON");
      case QidoReading.Read(List<Resource> studies, _)
          when !studies.isEmpty() && studies.equals(before) ->
          broken(FailureReason.PARTIAL, "sends the same page for every offset");
      case QidoReading.Read(List<Resource> studies, int broken) -> {
        before = studies;
        unreadable += broken;
        entries += studies.size() + broken;
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
