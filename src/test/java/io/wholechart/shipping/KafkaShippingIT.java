package io.wholechart.shipping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The way to a real Kafka, as a consumer sees it that reads only what is committed. */
class KafkaShippingIT {
  private static final String FAILURES = "audit_shipping_failures_total{sink=\"kafka\"}";
  private static final String DIFFERENCES = "audit_shipping_differences_total{sink=\"kafka\"}";
  private static final String NODE = "node-1";

  @TempDir static Path home;
  private static KafkaBroker broker;

  @TempDir Path directory;
  private String topic;

  @BeforeAll
  static void start() throws Exception {
    broker = KafkaBroker.start(home.resolve("kafka"));
  }

  @AfterAll
  static void stop() throws Exception {
    broker.close();
  }

  @BeforeEach
  void makeTopic(TestInfo test) throws Exception {
    topic = test.getTestMethod().orElseThrow().getName();
    broker.makeTopic(topic);
  }

  @Test
  void everyRecordIsThereOnceInOrderWithItsKeys() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(1200);
      ship(records);
      List<ConsumerRecord<String, byte[]>> read = broker.read(topic, NODE);
      assertOnce(read, records);
      assertThat(read)
          .extracting(ConsumerRecord::partition)
          .containsOnly(read.getFirst().partition());
      ConsumerRecord<String, byte[]> last = read.getLast();
      String line = new String(last.value(), StandardCharsets.US_ASCII);
      assertThat(line)
          .startsWith(
              "{\"v\":3,\"node\":\"node-1\",\"epoch\":%s,\"seq\":%s,"
                  .formatted(header(last, "epoch"), header(last, "seq")))
          .endsWith("\"hash\":\"%s\"}".formatted(header(last, "hash")));
    }
  }

  @Test
  void aLostPositionBringsNothingTwice() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(700);
      ship(records);
      Files.delete(Position.file(records.directory, "kafka"));
      records.append(700);
      ship(records);
      assertOnce(broker.read(topic, NODE), records);
    }
  }

  @Test
  void aPositionOfBeforeBringsNothingTwice() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(700);
      ship(records);
      byte[] old = Files.readAllBytes(Position.file(records.directory, "kafka"));
      records.append(700);
      ship(records);
      Files.write(Position.file(records.directory, "kafka"), old);
      records.append(700);
      ship(records);
      assertOnce(broker.read(topic, NODE), records);
    }
  }

  @Test
  @Tag("audit-ship") // for want of an answer it waits ten seconds before it connects anew
  void aKilledBrokerGetsTheRestWhenItIsBack() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"));
        var _ = records.shipTo(sinks())) {
      records.append(600);
      awaitShipped(records);
      broker.kill();
      records.append(2000);
      await().atMost(Duration.ofSeconds(40)).until(() -> records.metric(FAILURES) > 0);
      broker.startAgain();
      awaitShipped(records);
      assertOnce(broker.read(topic, NODE), records);
    }
  }

  @Test
  void whatACrashedProcessSentAndDidNotCommitIsNotSeenAndNeverWillBe() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"));
        KafkaProducer<String, byte[]> crashed = producer(NODE)) {
      records.append(300);
      crashed.initTransactions();
      crashed.beginTransaction();
      crashed.send(new ProducerRecord<>(topic, NODE, new byte[] {'x'})).get();
      ship(records);
      assertOnce(broker.read(topic, NODE), records);
      assertThatThrownBy(crashed::commitTransaction).isInstanceOf(KafkaException.class);
      assertOnce(broker.read(topic, NODE), records);
    }
  }

  /** What is committed then ends, for readers, before our own records. */
  @Test
  void anotherNodesOpenTransactionDoesNotHideWhatIsThere() throws Exception {
    try (var records = new ShippedRecords(directory.resolve("log"));
        KafkaProducer<String, byte[]> other = producer("node-2")) {
      other.initTransactions();
      records.append(300);
      try (var _ = records.shipTo(sinks())) {
        awaitShipped(records);
        other.beginTransaction();
        int partition = KafkaClients.partition(NODE, KafkaBroker.PARTITIONS);
        other.send(new ProducerRecord<>(topic, partition, "node-2", new byte[] {'x'})).get();
        records.append(300);
        awaitShipped(records);
      }
      Files.delete(Position.file(records.directory, "kafka"));
      assertThat(sequence(broker.read(topic, NODE))).hasSize(301); // one begins the epoch
      records.append(300);
      try (var _ = records.shipTo(sinks())) {
        other.commitTransaction();
        awaitShipped(records);
      }
      assertOnce(broker.read(topic, NODE), records);
    }
  }

  @Test
  void anotherLogOfTheSameNodeAddsNothingAndAlarms() throws Exception {
    List<String> before;
    try (var records = new ShippedRecords(directory.resolve("log"))) {
      records.append(100);
      ship(records);
      before = sequence(broker.read(topic, NODE));
    }
    try (var other = new ShippedRecords(directory.resolve("other"), NODE)) {
      other.append(300);
      try (var _ = other.shipTo(sinks())) {
        await().atMost(Duration.ofSeconds(20)).until(() -> other.metric(DIFFERENCES) > 0);
      }
      assertThat(sequence(broker.read(topic, NODE))).isEqualTo(before);
    }
  }

  private void ship(ShippedRecords records) throws Exception {
    try (var _ = records.shipTo(sinks())) {
      awaitShipped(records);
    }
  }

  private SinkSettings sinks() {
    return new SinkSettings(null, broker.settings(topic));
  }

  private static KafkaProducer<String, byte[]> producer(String node) throws Exception {
    return new KafkaProducer<>(new KafkaClients(broker.settings("any")).producer(node));
  }

  private static void awaitShipped(ShippedRecords records) {
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> records.position("kafka") == records.journal.durableSize());
  }

  private static void assertOnce(
      List<ConsumerRecord<String, byte[]>> read, ShippedRecords records) {
    List<String> all = new ArrayList<>();
    for (long seq = 1; seq <= records.journal.durableSize(); seq++) {
      all.add(Long.toString(seq));
    }
    assertThat(sequence(read)).isEqualTo(all);
  }

  private static List<String> sequence(List<ConsumerRecord<String, byte[]>> read) {
    return read.stream().map(record -> header(record, "seq")).toList();
  }

  private static String header(ConsumerRecord<String, byte[]> record, String name) {
    return new String(record.headers().lastHeader(name).value(), StandardCharsets.US_ASCII);
  }
}
