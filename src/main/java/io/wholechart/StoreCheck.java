package io.wholechart;

import io.wholechart.audit.AuditVerifier;
import io.wholechart.journal.JournalVerifier.Options;
import io.wholechart.journal.Verification;
import io.wholechart.shipping.StoreComparison;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** An audit log's verification in which every record is also held against a store's. */
record StoreCheck(Path directory, String url, @Nullable Path passwordFile) {
  Verification verify(Options options) {
    try (var comparison = StoreComparison.open(directory, url, passwordFile)) {
      Verification journal = AuditVerifier.verify(directory, options.heardBy(comparison));
      Verification both = comparison.judge(journal);
      if (both.exitCode() == 0 && !comparison.lag().isEmpty()) {
        System.err.println(comparison.lag());
      }
      return both;
    } catch (IOException e) {
      return new Verification.Unreadable(String.valueOf(e.getMessage()));
    }
  }
}
