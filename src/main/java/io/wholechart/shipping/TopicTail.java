package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;

/**
 * What a topic holds of a node, looked for from its last known place on, or from the topic's
 * beginning. The place also says which partition is the node's: so it stays the same when
 * partitions are added, and the order with it.
 */
final class TopicTail {
  private static final Duration POLL = Duration.ofMillis(500);

  private TopicTail() {}

  static String place(int partition, long offset) {
    return partition + "@" + offset;
  }

  static Optional<Integer> partition(Position position) {
    String place = position.place();
    return place.isEmpty()
        ? Optional.empty()
        : Optional.of(Integer.parseInt(place.substring(0, place.indexOf('@'))));
  }

  private static long offset(Position position) {
    return Long.parseLong(position.place().substring(position.place().indexOf('@') + 1));
  }

  static Position find(
      Properties consumer, String topic, List<Integer> partitions, String node, Position last) {
    try (var reading = new KafkaConsumer<String, byte[]>(consumer)) {
      Optional<Integer> known = partition(last).filter(partitions::contains);
      if (known.isPresent()) {
        var own = new TopicPartition(topic, known.get());
        reading.assign(List.of(own));
        Map<TopicPartition, Long> ends = reading.endOffsets(List.of(own));
        if (ends.getOrDefault(own, 0L) >= offset(last)) {
          long begin = reading.beginningOffsets(List.of(own)).getOrDefault(own, 0L);
          reading.seek(own, Math.max(begin, offset(last)));
          return furthest(reading, ends, node, last);
        }
      }
      // Nothing is known, or the topic is not the one that it was.
      List<TopicPartition> all =
          partitions.stream().map(each -> new TopicPartition(topic, each)).toList();
      reading.assign(all);
      reading.seekToBeginning(all);
      return furthest(reading, reading.endOffsets(all), node, Position.START);
    }
  }

  private static Position furthest(
      KafkaConsumer<String, byte[]> reading,
      Map<TopicPartition, Long> ends,
      String node,
      Position from) {
    Position furthest = from;
    while (ends.entrySet().stream()
        .anyMatch(end -> reading.position(end.getKey()) < end.getValue())) {
      for (ConsumerRecord<String, byte[]> record : reading.poll(POLL)) {
        long seq = node.equals(record.key()) ? seq(record) : 0;
        if (seq > furthest.seq()) {
          furthest = new Position(seq, place(record.partition(), record.offset() + 1));
        }
      }
    }
    return furthest;
  }

  private static long seq(ConsumerRecord<String, byte[]> record) {
    Header seq = record.headers().lastHeader("seq");
    return seq == null ? 0 : Long.parseLong(new String(seq.value(), US_ASCII));
  }
}
