package io.wholechart.source;

import io.wholechart.hl7v2.Hl7v2Reader;
import io.wholechart.hl7v2.Hl7v2Reading;
import io.wholechart.patient.SourceId;
import io.wholechart.source.FhirPages.Limits;
import io.wholechart.source.SourceCall.Ending;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a laboratory for its messages about one patient: ER7 text over HTTP. */
final class Hl7v2Source implements CallPlan {
  private static final String ACCEPT = "application/hl7-v2, x-application/hl7-v2+er7, text/plain";

  private final Upstream upstream;
  private final URI base;
  private final String path;
  private final Limits limits;
  private final Hl7v2Reader reader = new Hl7v2Reader();

  Hl7v2Source(Upstream upstream, URI base, String path, Limits limits) {
    this.upstream = upstream;
    this.base = base;
    this.path = path;
    this.limits = limits;
  }

  @Override
  public List<SourceCall> calls(SourceId id) {
    String url = base + path.replace("{id}", UrlText.encoded(id.value()));
    return List.of(intake -> read(url, intake));
  }

  private Ending read(String url, Intake intake) throws InterruptedException {
    return switch (upstream.read(new UpstreamRequest(url, ACCEPT, limits.maxBytes(), intake))) {
      case UpstreamAnswer.Broken(var failure, _) -> new Ending.Broken(failure);
      // A wrong path gives a 404 for every patient, so only an HL7 answer can say that there is
      // nothing.
      case UpstreamAnswer.Answered answer when answer.status() >= 300 ->
          Ending.broken(FailureReason.ERROR, "answered HTTP " + answer.status());
      case UpstreamAnswer.Answered answer when !isEr7(answer.mediaType()) ->
          Ending.broken(FailureReason.INVALID, "answered with what is not HL7 v2 text");
      case UpstreamAnswer.Answered answer -> take(answer, intake);
    };
  }

  private Ending take(UpstreamAnswer.Answered answer, Intake intake) {
    int maxSegments = limits.payload().maxEntries();
    return switch (reader.read(answer.body(), charset(answer.charset()), maxSegments)) {
      case Hl7v2Reading.TooMany _ ->
          Ending.broken(FailureReason.OVER_LIMIT, "sent more segments than maxEntries allows");
      case Hl7v2Reading.Unreadable _ ->
          Ending.broken(FailureReason.INVALID, "sent a body that is not HL7 v2");
      case Hl7v2Reading.Read read -> {
        intake.add(read.resources(), read.asOf().orElse(answer.at()));
        yield ending(read);
      }
    };
  }

  private static Ending ending(Hl7v2Reading.Read read) {
    return read.isWhole()
        ? new Ending.Whole()
        : Ending.broken(
            FailureReason.PARTIAL,
            "sent messages that could not all be read: "
                + read.refusals().size()
                + " of "
                + read.messages()
                + " messages and "
                + read.resultsLost()
                + " results are missing");
  }

  private static boolean isEr7(String mediaType) {
    return mediaType.isEmpty()
        || mediaType.equals("text/plain")
        || mediaType.equals("application/octet-stream")
        || mediaType.contains("hl7");
  }

  private static @Nullable Charset charset(String name) {
    try {
      return name.isEmpty() ? null : Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null; // the messages say their own, and there is a default
    }
  }
}
