package io.wholechart.shipping;

import io.wholechart.journal.JournalLine;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Ships the journal to one sink, in order, on a thread of its own: a platform thread, since drivers
 * hold locks over their sockets.
 */
final class Shipper implements AutoCloseable {
  private static final Log log = Log.of(Shipper.class);
  private static final Duration POLL = Duration.ofMillis(100);

  /**
   * How long a stopping service waits for what is not shipped yet; the next start ships the rest.
   */
  static final Duration FLUSH = Duration.ofSeconds(5);

  private final Sink sink;
  private final ShippedJournal journal;
  private final Metrics metrics;
  private final InstantSource clock;
  private final Path file;
  private final Backlog backlog;
  private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;
  private Position position;
  private boolean isConnected;
  private volatile @Nullable Instant oldest; // of what is not shipped
  private volatile long confirmed; // the largest checkpoint whose records the sink has

  private Shipper(Sink sink, ShippedJournal journal, Metrics metrics, InstantSource clock)
      throws IOException {
    this.sink = sink;
    this.journal = journal;
    this.metrics = metrics;
    this.clock = clock;
    this.file = Position.file(journal.directory(), sink.name());
    this.position = Position.read(file);
    this.backlog = new Backlog(journal, position.seq() + 1);
    this.thread = Thread.ofPlatform().name("ship-" + sink.name()).daemon().unstarted(this::run);
  }

  static Shipper start(Sink sink, ShippedJournal journal, Metrics metrics, InstantSource clock)
      throws IOException {
    var shipper = new Shipper(sink, journal, metrics, clock);
    metrics.watchShipping(sink.name(), shipper::oldestAge, () -> shipper.confirmed);
    shipper.thread.start();
    return shipper;
  }

  /** Of the oldest record that is not shipped; zero where there is none. */
  Duration oldestAge() {
    Instant at = oldest;
    Duration age = at == null ? Duration.ZERO : Duration.between(at, clock.instant());
    return age.isNegative() ? Duration.ZERO : age;
  }

  private void run() {
    try (backlog) {
      while (go()) {}
    } catch (IOException | InterruptedException e) {
      log.info("Shipping to {} ended: {}", Safe.configured(sink.name()), Safe.cause(e));
    } finally {
      sink.disconnect();
    }
  }

  /** One step; false where it was the last. */
  private boolean go() throws InterruptedException {
    @Nullable List<JournalLine> batch = batch();
    if (batch != null && batch.isEmpty()) {
      return !stopping.await(POLL.toMillis(), TimeUnit.MILLISECONDS);
    }
    SinkReply reply =
        batch == null ? new SinkReply.Failed("the journal could not be read") : replyTo(batch);
    return switch (reply) {
      case SinkReply.Holds holds -> {
        advance(holds.position());
        yield true;
      }
      case SinkReply.Failed(String what) -> {
        count(what);
        yield leaveAlone();
      }
      case SinkReply.Differs(String what) -> {
        metrics.shippingDiffers(sink.name());
        log.error(
            "Audit records are not what {} holds: {}",
            Safe.configured(sink.name()),
            Safe.words(what));
        yield leaveAlone();
      }
    };
  }

  private @Nullable List<JournalLine> batch() {
    try {
      List<JournalLine> batch = backlog.batch();
      oldest = batch.isEmpty() ? null : RecordHead.of(batch.getFirst().content()).at();
      if (batch.isEmpty()) {
        confirm();
      }
      return batch;
    } catch (IOException e) {
      return null;
    }
  }

  /** A driver's bug must not end the thread: then nobody would even say that nothing is shipped. */
  private SinkReply replyTo(List<JournalLine> batch) {
    try {
      return offer(batch);
    } catch (RuntimeException e) {
      return new SinkReply.Failed(e.getClass().getSimpleName());
    }
  }

  private SinkReply offer(List<JournalLine> batch) {
    if (isConnected) {
      return sink.send(batch);
    }
    SinkReply reply = sink.connect(batch.getFirst().node(), position);
    if (reply instanceof SinkReply.Holds(Position held)) {
      return begin(held);
    }
    return reply;
  }

  /** Where the sink ends, which may be behind or before what it was last known to hold. */
  private SinkReply begin(Position held) {
    if (held.seq() > journal.durableSize().getAsLong()) {
      return new SinkReply.Differs(
          "it has record %d, and the journal ends before that".formatted(held.seq()));
    }
    if (held.seq() < position.seq()) {
      log.warn(
          "{} holds records up to {}, and once held {}; the rest is sent again",
          Safe.configured(sink.name()),
          Safe.number(held.seq()),
          Safe.number(position.seq()));
    }
    try {
      backlog.from(Math.max(1, held.seq()));
    } catch (IOException e) {
      return new SinkReply.Failed("the journal could not be read");
    }
    isConnected = true;
    return new SinkReply.Holds(held);
  }

  private void advance(Position holds) {
    position = holds;
    if (backlog.endsWith(holds.seq())) {
      backlog.shipped();
      backoff.reset();
    }
    confirm();
    try {
      holds.write(file);
    } catch (IOException e) {
      count("the position could not be written");
    }
  }

  private void confirm() {
    long signed = journal.checkpointSize().getAsLong();
    if (signed <= position.seq()) {
      confirmed = signed;
    }
  }

  private void count(String what) {
    metrics.shippingFailed(sink.name());
    if (backoff.isFirst()) {
      log.warn(
          "Audit records are not shipped to {} for now: {}",
          Safe.configured(sink.name()),
          Safe.words(what));
    }
  }

  private boolean leaveAlone() throws InterruptedException {
    sink.disconnect();
    isConnected = false;
    return !stopping.await(backoff.next().toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Ships what there is, for a while, unless the sink fails. */
  @Override
  public void close() {
    stopping.countDown();
    try {
      if (!thread.join(FLUSH)) {
        thread.interrupt();
        thread.join(Duration.ofSeconds(1));
      }
    } catch (InterruptedException e) {
      thread.interrupt();
      Thread.currentThread().interrupt();
    }
  }
}
