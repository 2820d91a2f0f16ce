package io.wholechart.shipping;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code audit.sinks.kafka}.
 *
 * @param bootstrapServers {@code host:port}, more of them separated by commas
 * @param properties a file of the client's own properties, TLS and SASL among them
 */
public record KafkaSettings(String bootstrapServers, String topic, @Nullable Path properties) {
  private static final Pattern SERVERS =
      Pattern.compile("[^\\s,:]+:\\d{1,5}(,[^\\s,:]+:\\d{1,5})*");
  private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  public KafkaSettings {
    if (!SERVERS.matcher(bootstrapServers).matches()) {
      throw new IllegalArgumentException("bootstrapServers is not host:port,host:port,…");
    }
    if (!TOPIC.matcher(topic).matches() || topic.equals(".") || topic.equals("..")) {
      throw new IllegalArgumentException("topic is not the name of a topic");
    }
  }
}
