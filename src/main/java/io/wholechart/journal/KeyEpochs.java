package io.wholechart.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The public keys that a journal was ever signed with, each kept beside it under its number. */
final class KeyEpochs {
  private final Path keys;

  KeyEpochs(Path directory) {
    this.keys = directory.resolve("keys");
  }

  /** The number of this key: the newest one's if it is the same, else the next, now on disk. */
  int enter(String node, SigningKey key) throws IOException {
    int newest = newest();
    Optional<VerifierKey> known = newest == 0 ? Optional.empty() : key(newest);
    if (newest > 0 && known.isEmpty()) {
      throw new IOException(file(newest) + " is no public key any more");
    }
    if (known.isPresent() && known.get().isOf(key)) {
      return newest;
    }
    var next = new VerifierKey(Checkpoint.origin(node), key.publicKey());
    JournalDirectory.write(file(newest + 1), next.text() + "\n");
    return newest + 1;
  }

  /** The number of a key that was entered last. */
  int of(SigningKey key) throws IOException {
    int newest = newest();
    if (newest == 0 || !key(newest).map(known -> known.isOf(key)).orElse(false)) {
      throw new IOException("the signing key is not the one that the journal is signed with now");
    }
    return newest;
  }

  /** The key of this number, if its file is there and as it was written. */
  Optional<VerifierKey> key(int epoch) throws IOException {
    if (!Files.isRegularFile(file(epoch))) {
      return Optional.empty();
    }
    String text = new String(Files.readAllBytes(file(epoch)), US_ASCII);
    return text.endsWith("\n")
        ? VerifierKey.parse(text.substring(0, text.length() - 1))
        : Optional.empty();
  }

  private int newest() {
    int epoch = 0;
    while (Files.exists(file(epoch + 1))) {
      epoch++;
    }
    return epoch;
  }

  private Path file(int epoch) {
    return keys.resolve("epoch-%06d.pub".formatted(epoch));
  }
}
