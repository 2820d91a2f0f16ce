package io.wholechart.audit;

/**
 * What one source was asked for and gave, as the audit log keeps it.
 *
 * @param outcome {@code ok}, {@code not-found} or a failure reason
 * @param entries how many entries of its answer were disclosed
 */
public record SourceAccess(
    String source, String outcome, long elapsedMs, int attempts, int entries) {
  public SourceAccess {
    Wording.name("source", source, 128);
    Wording.word("outcome", outcome);
    if (elapsedMs < 0 || attempts < 0 || entries < 0) {
      throw new IllegalArgumentException("elapsedMs, attempts and entries are not negative");
    }
  }
}
