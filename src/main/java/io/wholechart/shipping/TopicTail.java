package io.wholechart.shipping;

/**
 * Where a topic ends for a node.
 *
 * @param hash of the last record, as its header has it; empty where it is not there to be read
 */
record TopicTail(Position position, String hash) {
  static final TopicTail EMPTY = new TopicTail(Position.START, "");
}
