package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;

/**
 * Looks for what a topic holds of a node, from its last known place on, or from the topic's
 * beginning. The place also says which partition is the node's: so it stays the same when
 * partitions are added, and the order with it.
 */
final class TailSearch {
  private static final Duration POLL = Duration.ofMillis(500);

  /** Without a record: other nodes' transactions are open no longer than half of that. */
  private static final int MOST_POLLS_IN_VAIN = 120;

  private final KafkaClients clients;
  private final String topic;
  private final String node;

  TailSearch(KafkaClients clients, String topic, String node) {
    this.clients = clients;
    this.topic = topic;
    this.node = node;
  }

  /** None where there is no such topic, which is not made by asking for it. */
  List<Integer> partitions() throws IOException {
    try (var asking = new KafkaConsumer<String, byte[]>(clients.consumer(node))) {
      List<PartitionInfo> found = asking.partitionsFor(topic);
      return found == null ? List.of() : found.stream().map(PartitionInfo::partition).toList();
    }
  }

  TopicTail find(List<Integer> partitions, Position last) throws IOException {
    Optional<Integer> known = last.partition().filter(partitions::contains);
    if (known.isPresent()) {
      TopicTail tail = from(new TopicPartition(topic, known.get()), last);
      if (tail.position().seq() >= last.seq()) {
        return tail;
      }
    }
    // Nothing is known, or the topic is not the one that it was.
    List<TopicPartition> all =
        partitions.stream().map(each -> new TopicPartition(topic, each)).toList();
    Map<TopicPartition, Long> ends = ends(all);
    try (var reading = new KafkaConsumer<String, byte[]>(clients.consumer(node))) {
      reading.assign(all);
      reading.seekToBeginning(all);
      return furthest(reading, ends, TopicTail.EMPTY);
    }
  }

  /** Begins with the last known record itself, unless the topic has dropped it by its age. */
  private TopicTail from(TopicPartition own, Position last) throws IOException {
    Map<TopicPartition, Long> ends = ends(List.of(own));
    long wanted = last.offset() - 1;
    if (ends.getOrDefault(own, 0L) <= wanted) {
      return TopicTail.EMPTY;
    }
    try (var reading = new KafkaConsumer<String, byte[]>(clients.consumer(node))) {
      reading.assign(List.of(own));
      long begin = reading.beginningOffsets(List.of(own)).getOrDefault(own, 0L);
      reading.seek(own, Math.max(begin, wanted));
      return furthest(reading, ends, begin <= wanted ? TopicTail.EMPTY : new TopicTail(last, ""));
    }
  }

  /**
   * Where the partitions end, with what is not committed: what is only committed ends before the
   * first transaction of anybody that is open, and ours may be behind that.
   */
  private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) throws IOException {
    try (var asking = new KafkaConsumer<String, byte[]>(clients.uncommittedConsumer(node))) {
      return asking.endOffsets(partitions);
    }
  }

  private TopicTail furthest(
      KafkaConsumer<String, byte[]> reading, Map<TopicPartition, Long> ends, TopicTail from) {
    TopicTail furthest = from;
    long reached = -1;
    int inVain = 0;
    while (ends.entrySet().stream()
        .anyMatch(end -> reading.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, byte[]> record : reading.poll(POLL)) {
        long seq = node.equals(record.key()) ? seq(record) : 0;
        if (seq > furthest.position().seq()) {
          var position = Position.in(record.partition(), record.offset() + 1, seq);
          furthest = new TopicTail(position, header(record, "hash"));
        }
      }
      long now = ends.keySet().stream().mapToLong(reading::position).sum();
      inVain = now > reached ? 0 : inVain + 1;
      reached = now;
      if (inVain > MOST_POLLS_IN_VAIN) {
        throw new TimeoutException("the topic's end is not reached");
      }
    }
    return furthest;
  }

  private static long seq(ConsumerRecord<String, byte[]> record) {
    String seq = header(record, "seq");
    return seq.isEmpty() ? 0 : Long.parseLong(seq);
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? "" : new String(header.value(), US_ASCII);
  }
}
