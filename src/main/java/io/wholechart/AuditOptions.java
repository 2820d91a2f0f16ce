package io.wholechart;

import io.wholechart.audit.AuditSettings;
import io.wholechart.journal.JournalSettings;
import io.wholechart.journal.ReadKeys;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Period;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which audit log, and what is needed to read it, for every command that does. */
final class AuditOptions {
  @Mixin private ConfigOptions config = new ConfigOptions();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "The log's directory; without it, what audit.directory names.")
  private @Nullable Path directory;

  private @Nullable AuditSettings settings;

  /** With the keys by which it is written, of the configuration. */
  JournalSettings journal() {
    JournalSettings configured = settings().journal();
    return new JournalSettings(
        directory(),
        configured.node(),
        configured.signingKey(),
        configured.checkpointCopy(),
        configured.encryptionKey(),
        configured.segmentBytes());
  }

  Path directory() {
    return directory == null ? settings().directory() : directory;
  }

  ReadKeys keys() throws IOException {
    return ReadKeys.of(settings().encryptionKey());
  }

  /** How long the configuration has it kept. */
  Period retention() {
    return settings().retention();
  }

  private AuditSettings settings() {
    if (settings == null) {
      settings = config.load().settings().audit();
    }
    return settings;
  }

  /** Standard output, for more than a few lines of it. */
  static Writer output() {
    return new BufferedWriter(new OutputStreamWriter(System.out, StandardCharsets.UTF_8));
  }
}
