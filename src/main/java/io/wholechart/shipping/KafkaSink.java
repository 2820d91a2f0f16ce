package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wholechart.journal.JournalLine;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A topic in Kafka, in which a node has one partition, so that its records keep their order.
 *
 * <p>A batch is one transaction under the node's own transactional id. Whoever connects with that
 * id first ends the transaction that was left open, and keeps what an earlier process still has
 * under way from ever counting; only then is looked how far the topic goes. So a consumer with
 * {@code isolation.level=read_committed} sees every record once. An idempotent producer alone would
 * not do: it knows nothing of what the process before it sent. For consumers that read what is not
 * committed as well, each record has its key in its headers, {@code epoch} and {@code seq}.
 */
final class KafkaSink implements Sink {
  private final KafkaSettings settings;
  private final KafkaClients clients;
  private @Nullable Producer<String, byte[]> producer;
  private TopicTail tail = TopicTail.EMPTY;
  private int partition;

  KafkaSink(KafkaSettings settings) {
    this.settings = settings;
    this.clients = new KafkaClients(settings);
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public SinkReply connect(String node, Position last) {
    try {
      var search = new TailSearch(clients, settings.topic(), node);
      List<Integer> partitions = search.partitions();
      if (partitions.isEmpty()) {
        return new SinkReply.Failed("its topic is not there");
      }
      Producer<String, byte[]> opened = new KafkaProducer<>(clients.producer(node));
      producer = opened;
      opened.initTransactions();
      tail = search.find(partitions, last);
      partition =
          tail.position()
              .partition()
              .orElseGet(() -> KafkaClients.partition(node, partitions.size()));
      return new SinkReply.Holds(tail.position());
    } catch (KafkaException e) {
      return new SinkReply.Failed(e.getClass().getSimpleName());
    } catch (IOException e) {
      return new SinkReply.Failed("the client's properties could not be read");
    }
  }

  @Override
  public SinkReply send(List<JournalLine> batch) {
    Producer<String, byte[]> open = producer;
    if (open == null) {
      return new SinkReply.Failed("it is not connected");
    }
    JournalLine first = batch.getFirst();
    boolean isHeld = first.seq() == tail.position().seq();
    if (isHeld && !tail.hash().equals(hash(first))) {
      return new SinkReply.Differs("record %d".formatted(first.seq()));
    }
    List<JournalLine> rest = isHeld ? batch.subList(1, batch.size()) : batch;
    if (rest.isEmpty()) {
      return new SinkReply.Holds(tail.position());
    }
    try {
      return commit(open, rest);
    } catch (KafkaException e) {
      return new SinkReply.Failed(e.getClass().getSimpleName());
    }
  }

  /** Where a commit is not heard of, connecting anew finds out whether it was made. */
  private SinkReply commit(Producer<String, byte[]> open, List<JournalLine> lines) {
    open.beginTransaction();
    Future<RecordMetadata> sent = null;
    for (JournalLine line : lines) {
      sent = open.send(record(line));
      if (sent.state() == Future.State.FAILED) {
        // With no broker in sight each further one would wait as long again.
        return new SinkReply.Failed(sent.exceptionNow().getClass().getSimpleName());
      }
    }
    open.commitTransaction(); // flushes, and fails where one of them failed
    long offset = Objects.requireNonNull(sent).resultNow().offset();
    return new SinkReply.Holds(Position.in(partition, offset + 1, lines.getLast().seq()));
  }

  private ProducerRecord<String, byte[]> record(JournalLine line) {
    var record = new ProducerRecord<>(settings.topic(), partition, line.node(), line.raw());
    Headers headers = record.headers();
    headers.add("epoch", Integer.toString(line.epoch()).getBytes(US_ASCII));
    headers.add("seq", Long.toString(line.seq()).getBytes(US_ASCII));
    headers.add("hash", hash(line).getBytes(US_ASCII));
    return record;
  }

  private static String hash(JournalLine line) {
    return HexFormat.of().formatHex(line.hash());
  }

  @Override
  public void disconnect() {
    Producer<String, byte[]> open = producer;
    producer = null;
    tail = TopicTail.EMPTY;
    if (open != null) {
      try {
        open.close(Duration.ZERO); // what is under way is ended by whoever connects next
      } catch (KafkaException e) {
        // interrupted, since the service stops: it has let go all the same
      }
    }
  }
}
