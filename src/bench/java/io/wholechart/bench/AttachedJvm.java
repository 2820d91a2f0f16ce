package io.wholechart.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Another JVM, asked with {@code jcmd}: not over JMX, which Helidon's filter of serialized objects
 * keeps out. Asking costs the JVM something, so that comes after the figures.
 */
record AttachedJvm(long pid) {
  private static final Pattern ALLOCATED = Pattern.compile(" allocated=(\\d+)([BKMGT])\\b");
  private static final String UNITS = "BKMGT";

  /** What its threads have allocated so far; virtual ones do so on their carriers' account. */
  long allocatedBytes() throws IOException {
    Process jcmd =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                Long.toString(pid),
                "Thread.print",
                "-e")
            .redirectErrorStream(true)
            .start();
    String threads = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    long bytes = 0;
    Matcher allocated = ALLOCATED.matcher(threads);
    while (allocated.find()) {
      bytes +=
          Long.parseLong(allocated.group(1)) << 10 * UNITS.indexOf(allocated.group(2).charAt(0));
    }
    if (bytes == 0) {
      throw new IOException("jcmd told no allocation of " + pid + ": " + threads);
    }
    return bytes;
  }
}
