package io.wholechart.denylist;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wholechart.consent.Denials;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.metrics.Metrics;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The deny list that is in force, read again when its file changes. */
public final class DenyList implements AutoCloseable {
  private static final Log LOG = Log.of(DenyList.class);

  /** A million patients; more is a mistake, and would be all of the memory. */
  private static final int MOST_BYTES = 64 * 1024 * 1024;

  private final @Nullable Path file;
  private volatile Denials denials = Denials.NONE;
  private volatile boolean isCurrent = true;
  private byte[] content = new byte[0];
  private @Nullable Thread watch;

  private DenyList(@Nullable Path file) {
    this.file = file;
  }

  /**
   * Reads the list and watches its file, if there is one.
   *
   * @throws IOException where it cannot be used; the message says why, and nothing that is in it
   */
  public static DenyList open(DenyListSettings settings, Metrics metrics) throws IOException {
    var list = new DenyList(settings.file());
    metrics.watchDenyList(() -> list.isCurrent);
    if (settings.file() != null) {
      list.content = list.read();
      list.denials = list.parsed(list.content);
      LOG.info(
          "{}: {} patients on the deny list",
          Safe.file(settings.file()),
          Safe.number(list.denials.size()));
      list.watch = Thread.ofVirtual().name("deny-list").start(() -> list.watch(settings));
    }
    return list;
  }

  /** What is denied now. */
  public Denials denials() {
    return denials;
  }

  boolean isCurrent() {
    return isCurrent;
  }

  private void watch(DenyListSettings settings) {
    try {
      while (true) {
        Thread.sleep(settings.reload());
        refresh();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /**
   * Reads the file again. All of it, and not only where its time has changed: a list of consent
   * decisions is short, and two changes may fall into one tick of a file's clock.
   */
  synchronized void refresh() {
    try {
      byte[] now = read();
      if (!Arrays.equals(now, content) || !isCurrent) {
        denials = parsed(now);
        content = now;
        isCurrent = true;
        LOG.info("the deny list has changed: {} patients now", Safe.number(denials.size()));
      }
    } catch (IOException e) {
      if (isCurrent) {
        LOG.error("{}; the deny list from before stays in force", Safe.words(said(e)));
      }
      isCurrent = false;
    }
  }

  /** All that is thrown here says it in words of ours. */
  private static String said(IOException e) {
    return Objects.requireNonNullElse(e.getMessage(), "the deny list cannot be read");
  }

  private byte[] read() throws IOException {
    if (file == null) {
      return content;
    }
    byte[] bytes;
    try (InputStream in = Files.newInputStream(file)) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      throw new IOException(file + " cannot be read", e);
    }
    if (bytes.length > MOST_BYTES) {
      throw new IOException(file + " is longer than " + MOST_BYTES + " bytes");
    }
    return bytes;
  }

  /** A last line without its end is taken for one that is still being written. */
  private Denials parsed(byte[] bytes) throws IOException {
    if (bytes.length > 0 && bytes[bytes.length - 1] != '\n') {
      throw new IOException(file + " does not end with the end of a line: it is cut off");
    }
    return switch (Denials.parse(new String(bytes, UTF_8).lines().toList())) {
      case Denials.Parsed.Whole(Denials whole) -> whole;
      case Denials.Parsed.Unfit(int line, String problem) ->
          throw new IOException(file + ", line " + line + ": it " + problem);
    };
  }

  @Override
  public void close() {
    if (watch != null) {
      watch.interrupt();
    }
  }
}
