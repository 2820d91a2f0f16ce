package io.wholechart.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.wholechart.admission.Admission;
import io.wholechart.admission.Entry;
import io.wholechart.admission.Lane;
import io.wholechart.admission.Place;
import io.wholechart.audit.Recorded;
import io.wholechart.http.BatchRequest.Parsed;
import io.wholechart.http.Gathering.Gathered;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Urgency;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST /patients/_batch}: many charts, a line each, as they are ready. The ward round's
 * worklist.
 *
 * <p>Each patient is an access of its own, with its own turn, deadline and record, and its line
 * leaves after that record is on disk. They go in a lane behind all single requests.
 */
final class BatchRoute {
  static final String PATH = "/patients/_batch";

  private static final String INTERACTION = "batch-read";
  private static final String RECEIPT = "auditReceipt"; // a line's last member
  private static final String ASSURANCE = "auditAssurance";

  private final BatchSettings settings;
  private final CallerLimits limits;
  private final Permissions permissions;
  private final Admission admission;
  private final Gathering gathering;
  private final AuditedAnswers answers;
  private final InstantSource clock;
  private final BooleanSupplier isStopping;

  BatchRoute(
      BatchSettings settings,
      CallerLimits limits,
      Permissions permissions,
      Admission admission,
      Gathering gathering,
      AuditedAnswers answers,
      InstantSource clock,
      BooleanSupplier isStopping) {
    this.settings = settings;
    this.limits = limits;
    this.permissions = permissions;
    this.admission = admission;
    this.gathering = gathering;
    this.answers = answers;
    this.clock = clock;
    this.isStopping = isStopping;
  }

  void handle(ServerRequest request, ServerResponse response) {
    var exchange = Door.exchange();
    switch (parse(request)) {
      case Parsed.Refused(Problem problem) -> refuse(problem, null, exchange, request, response);
      case Parsed.Accepted(BatchRequest batch) -> {
        @Nullable Problem forbidden = permissions.problem(batch.urgency(), exchange);
        if (forbidden == null) {
          forbidden = limits.refusal(batch.ids(), batch.urgency(), exchange);
        }
        if (forbidden != null) {
          refuse(forbidden, batch.urgency(), exchange, request, response);
        } else {
          stream(batch, exchange, response);
          answers.measure(exchange, 200, PATH, "POST");
        }
      }
    }
  }

  private void refuse(
      Problem problem,
      @Nullable Urgency urgency,
      Exchange exchange,
      ServerRequest request,
      ServerResponse response) {
    var access = Access.unbegun(INTERACTION, null, urgency);
    answers.send(exchange, access, Answer.of(problem, exchange), PATH, request, response);
  }

  private static Parsed parse(ServerRequest request) {
    if (!request.query().isEmpty()) {
      return new Parsed.Refused(
          Problem.of(Kind.BAD_PARAMETER, "a batch has no query parameters; the body says it all"));
    }
    if (!isJson(request)) {
      return new Parsed.Refused(
          Problem.of(Kind.UNSUPPORTED_MEDIA_TYPE, "the body must be application/json"));
    }
    try {
      return BatchRequest.parse(request.content().inputStream().readAllBytes());
    } catch (IOException | UncheckedIOException e) {
      throw new CloseConnectionException("the client left before its request was whole", e);
    }
  }

  private static boolean isJson(ServerRequest request) {
    String type = request.headers().first(HeaderNames.CONTENT_TYPE).orElse("");
    int end = type.indexOf(';');
    return (end < 0 ? type : type.substring(0, end))
        .strip()
        .toLowerCase(Locale.ROOT)
        .equals("application/json");
  }

  /** A patient's line, ready to leave: its record is on disk. */
  private record Line(Body body, Access access, Recorded recorded) {}

  private void stream(BatchRequest batch, Exchange exchange, ServerResponse response) {
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, "application/x-ndjson"));
    Map.of("X-Request-Id", exchange.requestId(), "Cache-Control", "no-store")
        .forEach((n, v) -> response.header(HeaderValues.create(HeaderNames.create(n), v)));
    var number = new AtomicInteger();
    var worklist =
        new Worklist<PatientId, Line>(
            batch.ids(), id -> line(id, batch.urgency(), exchange, number.incrementAndGet()));
    try (OutputStream out = response.outputStream()) {
      worklist.run(settings.concurrency(), line -> isSent(line, out));
    } catch (IOException e) {
      throw new CloseConnectionException("the client has left", e);
    } catch (InterruptedException e) {
      throw new CloseConnectionException("stopped before the batch was whole", e);
    }
  }

  private boolean isSent(Line line, OutputStream out) {
    var sent = new Sent();
    try {
      line.body().writeInPieces(new OneLine(sent.counting(out)), Responses.PIECE, Responses.PIECE);
      out.write('\n');
      out.flush();
      sent.whole(line.body().length());
    } catch (IOException | UncheckedIOException | CloseConnectionException e) {
      // the client has left
    }
    answers.ended(line.access(), line.recorded(), sent);
    return sent.isWhole();
  }

  private Line line(PatientId id, Urgency urgency, Exchange batch, int number) {
    @Nullable Place place = null;
    try {
      place = place(batch);
      Exchange exchange = batch.part(number, clock.instant()); // the deadline begins with its turn
      Gathered gathered =
          place == null
              ? new Gathered(
                  new Reply.Failed(notServed()), Access.unbegun(INTERACTION, id, urgency))
              : gathering.gatherAdmitted(
                  INTERACTION, new PatientRequest(id, urgency, Set.of(), 0), exchange);
      Answer answer = Answer.of(gathered.reply(), exchange, id);
      Body body = answer.body();
      Recorded recorded =
          answers.record(exchange, gathered.access(), answer, body.digest(OneLine::new));
      Body line =
          switch (recorded) {
            case Recorded.Durable durable -> body.with(RECEIPT, durable.receipt());
            case Recorded.Spooled _ -> body.with(ASSURANCE, "spooled");
            case Recorded.Volatile _ -> body.with(ASSURANCE, "volatile");
            case Recorded.NotDurable _ ->
                Answer.of(new Reply.Failed(AuditedAnswers.unrecorded()), exchange, id).body();
          };
      return new Line(line, gathered.access(), recorded);
    } catch (InterruptedException e) {
      throw new CloseConnectionException("stopped before the batch was whole", e);
    } finally {
      if (place != null) {
        place.close();
      }
    }
  }

  private @Nullable Place place(Exchange batch) throws InterruptedException {
    Duration left = settings.maxDuration().minus(batch.elapsed());
    if (isStopping.getAsBoolean() || !left.isPositive()) {
      return null;
    }
    return admission.enter(Lane.BATCH, left) instanceof Entry.Admitted(Place given) ? given : null;
  }

  private Problem notServed() {
    return isStopping.getAsBoolean()
        ? Problem.of(Kind.SHUTTING_DOWN, "ask another node, or again later").retryAfter(Reply.RETRY)
        : Problem.of(Kind.BATCH_OUT_OF_TIME, "this patient was not asked for; ask in another batch")
            .retryAfter(Reply.RETRY);
  }
}
