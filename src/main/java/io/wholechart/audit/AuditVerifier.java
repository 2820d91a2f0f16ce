package io.wholechart.audit;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.wholechart.journal.JournalVerifier;
import io.wholechart.journal.Verification;
import java.nio.file.Path;
import java.util.Arrays;

/** Verifies an audit log: its journal, and that each of its lines is one spelling of a record. */
public final class AuditVerifier {
  private static final byte[] STATUS = "\"kind\":\"status\",".getBytes(ISO_8859_1);

  private AuditVerifier() {}

  public static Verification verify(Path directory) {
    return verify(directory, JournalVerifier.Options.standard());
  }

  public static Verification verify(Path directory, JournalVerifier.Options options) {
    var spelling = new RecordSpelling();
    return JournalVerifier.verify(
        directory,
        options.spelledBy(
            (bytes, from, to) -> isStatus(bytes, from, to) || spelling.isSpelled(bytes, from, to)));
  }

  private static boolean isStatus(byte[] bytes, int from, int to) {
    int length = Math.min(STATUS.length, to - from);
    return Arrays.equals(bytes, from, from + length, STATUS, 0, STATUS.length);
  }
}
