package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** How Kafka's clients are set up: what the operator's file says, and above it what must be so. */
final class KafkaClients {
  private static final Duration BLOCKED = Duration.ofSeconds(10); // for want of any broker
  private static final Duration REQUEST = Duration.ofSeconds(5);
  private static final Duration TRANSACTION = Duration.ofSeconds(30);
  private static final String NAME = "wholechart-audit-";
  private static final int BUFFER_BYTES = 8 << 20;

  private final KafkaSettings settings;

  KafkaClients(KafkaSettings settings) {
    this.settings = settings;
  }

  /** Of one node there is one: whoever begins with its transactional id ends all before it. */
  Properties producer(String node) throws IOException {
    Properties properties = common(node);
    properties.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
    properties.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
    properties.put(ProducerConfig.ACKS_CONFIG, "all");
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    properties.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, NAME + node);
    properties.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, (int) TRANSACTION.toMillis());
    properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) BLOCKED.toMillis());
    properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST.toMillis());
    properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCKED.toMillis());
    properties.put(ProducerConfig.BUFFER_MEMORY_CONFIG, (long) BUFFER_BYTES);
    return properties;
  }

  /** The same, for how far a topic goes at all. */
  Properties uncommittedConsumer(String node) throws IOException {
    Properties properties = consumer(node);
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_uncommitted");
    return properties;
  }

  /** Of no group: it only looks. */
  Properties consumer(String node) throws IOException {
    Properties properties = common(node);
    properties.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
    properties.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
    properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
    properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) BLOCKED.toMillis());
    return properties;
  }

  /** Where every client puts a record with this key, as long as no partitions are added. */
  static int partition(String node, int partitions) {
    return BuiltInPartitioner.partitionForKey(node.getBytes(UTF_8), partitions);
  }

  private Properties common(String node) throws IOException {
    var properties = new Properties();
    if (settings.properties() != null) {
      try (Reader file = Files.newBufferedReader(settings.properties())) {
        properties.load(file);
      }
    }
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers());
    properties.put(ProducerConfig.CLIENT_ID_CONFIG, NAME + node);
    return properties;
  }
}
