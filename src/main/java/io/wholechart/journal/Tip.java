package io.wholechart.journal;

/**
 * Where the journal stands: what a next line, and the next checkpoint, goes on from.
 *
 * @param hash of the last line
 * @param tree over all lines; never changed once it is here
 */
@SuppressWarnings("ArrayRecordComponent")
record Tip(byte[] hash, CompactRange tree) {
  static Tip empty() {
    return new Tip(new byte[32], CompactRange.empty());
  }

  long seq() {
    return tree.size();
  }
}
