package io.wholechart.journal;

/**
 * One line of a journal.
 *
 * @param content what was handed over, without the braces and the chain around it
 * @param raw the whole line, without its line feed and never encrypted
 * @param hash of the line, which is its leaf in the Merkle tree
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody, and copied by nobody on the way
public record JournalLine(
    long seq, int epoch, String node, byte[] content, byte[] raw, byte[] hash) {
  @Override
  public String toString() {
    return "JournalLine[" + node + " " + seq + "]"; // the content says who is whose patient
  }
}
