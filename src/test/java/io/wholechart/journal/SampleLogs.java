package io.wholechart.journal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;

/** Small logs with everything in them that there is: segments, epochs, checkpoints, encryption. */
final class SampleLogs {
  private SampleLogs() {}

  /** Two epochs of two segments each; the first one's was closed, and opened again. */
  static Path readable(Path folder) throws Exception {
    Path directory = folder.resolve("readable");
    for (String key : new String[] {"first.pem", "second.pem"}) {
      var settings = new JournalSettings(directory, "n1", folder.resolve(key), null, null, 4096);
      Written.append(settings, 2);
      Written.append(settings, 2);
    }
    return directory;
  }

  /** Two segments. */
  static Path encrypted(Path folder) throws Exception {
    Path directory = folder.resolve("encrypted");
    var settings =
        new JournalSettings(
            directory, "n1", folder.resolve("third.pem"), null, encryptionKey(folder), 4096);
    Written.append(settings, 2);
    Written.append(settings, 2);
    return directory;
  }

  static Path encryptionKey(Path folder) throws IOException {
    return Files.writeString(
        folder.resolve("encryption.key"), Base64.getEncoder().encodeToString(new byte[32]));
  }
}
