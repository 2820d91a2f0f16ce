package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wholechart.journal.JournalLine;
import java.io.IOException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * A topic in Kafka, in which a node has one partition, so that its records keep their order.
 *
 * <p>While the process lives, the idempotent producer sends again by itself until the broker
 * confirms, so nothing is there twice. After a crash the topic is read from the last known place
 * on. A request of the crashed process that a broker takes only after that would be there twice: so
 * each record has its key in its headers, {@code epoch} and {@code seq}, for consumers to drop what
 * they have had. Transactions would close that gap for those consumers alone that read only what is
 * committed, and those that do not would see more records twice than without.
 */
final class KafkaSink implements Sink {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final KafkaSettings settings;
  private final KafkaClients clients;
  private @Nullable Producer<String, byte[]> producer;
  private int partition;
  private List<Future<RecordMetadata>> underWay = List.of();

  KafkaSink(KafkaSettings settings) {
    this.settings = settings;
    this.clients = new KafkaClients(settings);
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public boolean takesAgain() {
    return false;
  }

  @Override
  public SinkReply connect(String node, Position last) {
    try {
      Producer<String, byte[]> opened = new KafkaProducer<>(clients.producer(node));
      producer = opened;
      List<Integer> partitions =
          opened.partitionsFor(settings.topic()).stream().map(PartitionInfo::partition).toList();
      Position held =
          TopicTail.find(clients.consumer(node), settings.topic(), partitions, node, last);
      partition =
          TopicTail.partition(held).orElseGet(() -> clients.partition(node, partitions.size()));
      return new SinkReply.Holds(held);
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
    if (underWay.isEmpty()) {
      underWay = batch.stream().map(line -> open.send(record(line))).toList();
    }
    return confirmed(batch.getLast().seq());
  }

  /** Goes on waiting where it was left: to send again would be a second record. */
  private SinkReply confirmed(long seq) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    try {
      RecordMetadata last = null;
      for (Future<RecordMetadata> record : underWay) {
        last = record.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
      }
      underWay = List.of();
      String place = last == null ? "" : TopicTail.place(partition, last.offset() + 1);
      return new SinkReply.Holds(new Position(seq, place));
    } catch (TimeoutException e) {
      return new SinkReply.Pending("no confirmation for %d s".formatted(PATIENCE.toSeconds()));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return new SinkReply.Failed(cause.getClass().getSimpleName());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return new SinkReply.Failed("interrupted");
    }
  }

  private ProducerRecord<String, byte[]> record(JournalLine line) {
    var record = new ProducerRecord<>(settings.topic(), partition, line.node(), line.raw());
    Headers headers = record.headers();
    headers.add("epoch", Integer.toString(line.epoch()).getBytes(US_ASCII));
    headers.add("seq", Long.toString(line.seq()).getBytes(US_ASCII));
    headers.add("hash", HexFormat.of().formatHex(line.hash()).getBytes(US_ASCII));
    return record;
  }

  @Override
  public void disconnect() {
    Producer<String, byte[]> open = producer;
    producer = null;
    underWay = List.of();
    if (open != null) {
      open.close(Duration.ZERO); // what is under way is looked for in the topic afterwards
    }
  }
}
