package io.wholechart.shipping;

/**
 * What a sink says. None of it holds a word of the sink's own: a database quotes the row that it
 * could not take.
 */
sealed interface SinkReply {
  /** It has everything up to here, and has it for good. */
  record Holds(Position position) implements SinkReply {}

  /**
   * It cannot be reached, or did not say that it took the batch; connecting anew tells whether it
   * did.
   */
  record Failed(String what) implements SinkReply {}

  /** It has something else than the journal. Nothing more is sent until that is mended. */
  record Differs(String what) implements SinkReply {}
}
