package io.wholechart.disclosure;

import io.wholechart.audit.AuditRecord.Outcome;
import io.wholechart.journal.InclusionProof;
import io.wholechart.journal.ReadKeys;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** Whether a file holds what an answer showed, byte for byte, as the log knows it by its digest. */
public sealed interface Shown {
  Recorded recorded();

  /** These were the bytes. */
  record Same(Recorded recorded) implements Shown {}

  /** Other bytes were shown. */
  record Other(Recorded recorded) implements Shown {}

  /**
   * Compares.
   *
   * @throws IOException where the record is not in the log as it was signed for, or is not of an
   *     answer; the message says so
   */
  static Shown compare(Path directory, ReadKeys keys, AccessReceipt receipt, Path file)
      throws IOException {
    Recorded recorded = provenRecord(directory, keys, receipt);
    @Nullable String digest =
        recorded.record() instanceof Outcome outcome ? outcome.answer().digest() : null;
    if (digest == null) {
      throw new IOException("record " + receipt.seq() + " is not of an answer that was shown");
    }
    return digest.equals(digest(file)) ? new Same(recorded) : new Other(recorded);
  }

  private static Recorded provenRecord(Path directory, ReadKeys keys, AccessReceipt receipt)
      throws IOException {
    var line =
        InclusionProof.of(directory, keys, receipt.seq())
            .line()
            .orElseThrow(() -> new IOException("record " + receipt.seq() + " was changed"));
    if (!line.node().equals(receipt.node())) {
      throw new IOException(
          "the receipt is of the log of %s, and this is that of %s"
              .formatted(receipt.node(), line.node()));
    }
    return Recorded.of(line);
  }

  private static String digest(Path file) throws IOException {
    try (InputStream in =
        new DigestInputStream(Files.newInputStream(file), MessageDigest.getInstance("SHA-256"))) {
      in.transferTo(java.io.OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(((DigestInputStream) in).getMessageDigest().digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
