package io.wholechart;

import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what a start had opened when the start fails half-way. */
final class Undo implements AutoCloseable {
  private static final Log LOG = Log.of(Undo.class);

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();

  <T extends AutoCloseable> T onFailure(T resource) {
    opened.push(resource);
    return resource;
  }

  /** The start has succeeded. */
  void nothing() {
    opened.clear();
  }

  @Override
  public void close() {
    for (AutoCloseable resource : opened) {
      try {
        resource.close();
      } catch (Exception e) {
        LOG.warn("closing {} failed: {}", Safe.type(resource.getClass()), Safe.cause(e));
      }
    }
  }
}
