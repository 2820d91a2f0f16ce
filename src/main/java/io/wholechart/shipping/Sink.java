package io.wholechart.shipping;

import io.wholechart.journal.JournalLine;
import java.util.List;

/** Somewhere that records are shipped to. Belongs to one thread. */
interface Sink {
  /** As it is configured, and as metrics and the position's file name it. */
  String name();

  /**
   * Connects, and looks what the sink has of this node.
   *
   * @param last the last position that it confirmed, perhaps in an earlier life
   */
  SinkReply connect(String node, Position last);

  /**
   * Has these records kept there, which follow what it holds. After connecting, the first of them
   * is the last one that it holds, to be held against what is there: so a node that was begun anew
   * under an old name is found out before anything is added.
   */
  SinkReply send(List<JournalLine> batch);

  /** Lets go of the connection, whatever state it is in; never fails. */
  void disconnect();
}
