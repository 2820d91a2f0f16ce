package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.PrintStream;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import kafka.tools.StorageTool;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** A real Kafka of one broker, a process that can be stopped, killed and started again. */
public final class KafkaBroker implements AutoCloseable {
  static final int PARTITIONS = 3;

  private final Path directory;
  private final int port;
  private Process running;

  private KafkaBroker(Path directory, int port) throws IOException {
    this.directory = directory;
    this.port = port;
    this.running = launch();
  }

  public static KafkaBroker start(Path directory) throws Exception {
    Files.createDirectories(directory);
    int port;
    int controller;
    try (var one = new ServerSocket(0);
        var other = new ServerSocket(0)) {
      port = one.getLocalPort();
      controller = other.getLocalPort();
    }
    Path file = directory.resolve("server.properties");
    Files.writeString(
        file,
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@127.0.0.1:%2$d
        listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
        advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
        controller.listener.names=CONTROLLER
        log.dirs=%3$s
        auto.create.topics.enable=false
        offsets.topic.replication.factor=1
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        transaction.state.log.num.partitions=1
        """
            .formatted(port, controller, directory.resolve("data")));
    String[] format = {
      "format", "--cluster-id", Uuid.randomUuid().toString(), "--config", file.toString()
    };
    try (var said = new PrintStream(directory.resolve("format.txt").toFile(), US_ASCII)) {
      if (StorageTool.execute(format, said) != 0) {
        throw new IOException("the broker's directory was not made");
      }
    }
    var broker = new KafkaBroker(directory, port);
    broker.awaitReady();
    return broker;
  }

  private Process launch() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx320m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "kafka.Kafka",
            directory.resolve("server.properties").toString());
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("broker.log").toFile()))
        .start();
  }

  private void awaitReady() {
    await("Kafka")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .until(() -> {
          try (Admin admin = Admin.create(client())) {
            return !admin.describeCluster().nodes().get(5, TimeUnit.SECONDS).isEmpty();
          }
        });
  }

  /** What every client of it begins with. */
  Map<String, Object> client() {
    Map<String, Object> client = new HashMap<>();
    client.put("bootstrap.servers", "127.0.0.1:" + port);
    client.put("default.api.timeout.ms", 20_000);
    client.put("request.timeout.ms", 5_000);
    return client;
  }

  public KafkaSettings settings(String topic) {
    return new KafkaSettings("127.0.0.1:" + port, topic, null);
  }

  public void makeTopic(String topic) throws Exception {
    try (Admin admin = Admin.create(client())) {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    }
  }

  /** What a consumer that reads only what is committed sees of a node, in its order. */
  public List<ConsumerRecord<String, byte[]>> read(String topic, String node) {
    Map<String, Object> properties = client();
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
    try (var consumer =
        new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> all =
          consumer.partitionsFor(topic).stream()
              .map(each -> new TopicPartition(topic, each.partition()))
              .toList();
      consumer.assign(all);
      Map<TopicPartition, Long> ends = consumer.endOffsets(all);
      while (all.stream().anyMatch(each -> consumer.position(each) < ends.get(each))) {
        consumer.poll(Duration.ofMillis(200)).forEach(records::add);
      }
    }
    records.removeIf(record -> !record.key().equals(node));
    return records;
  }

  /** SIGTERM, as who serves it does. */
  public void stop() throws InterruptedException {
    running.destroy();
    if (!running.waitFor(30, TimeUnit.SECONDS)) {
      kill();
    }
  }

  /** SIGKILL, as a crash is. */
  public void kill() throws InterruptedException {
    running.destroyForcibly().waitFor();
  }

  public void startAgain() throws IOException {
    running = launch();
    awaitReady();
  }

  @Override
  public void close() {
    running.destroyForcibly().onExit().join();
  }
}
