package io.wholechart.shipping;

/**
 * What a sink says. None of it holds a word of the sink's own: a database quotes the row that it
 * could not take.
 */
sealed interface SinkReply {
  /** It has everything up to here, and has it for good. */
  record Holds(Position position) implements SinkReply {}

  /** It has not said yet whether it took the batch; the same batch is to be asked for again. */
  record Pending(String what) implements SinkReply {}

  /** It cannot be reached, or took nothing. */
  record Failed(String what) implements SinkReply {}

  /** It has something else than the journal. Nothing more is sent until that is mended. */
  record Differs(String what) implements SinkReply {}
}
