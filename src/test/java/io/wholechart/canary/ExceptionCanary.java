package io.wholechart.canary;

import io.wholechart.canary.Canary.Channel;
import java.net.URL;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingStream;

/**
 * Sees the text of every exception that the program makes, also of those that are caught, by the
 * JVM's own recorder. Those of libraries are not held to this: a parser quotes what it could not
 * read. That their text goes nowhere is what the type of a log's values is for.
 */
final class ExceptionCanary implements AutoCloseable {
  /** Both: with exceptions alone, JDK 25 streams none of them. */
  private static final List<String> THROWN =
      List.of("jdk.JavaExceptionThrow", "jdk.JavaErrorThrow");

  private final RecordingStream recording = new RecordingStream();

  ExceptionCanary() {
    for (String thrown : THROWN) {
      recording.enable(thrown).withStackTrace();
      recording.onEvent(thrown, ExceptionCanary::see);
    }
    recording.startAsync();
  }

  /** Returns when what was thrown before has been seen. */
  @Override
  public void close() {
    recording.stop();
    recording.close();
  }

  private static void see(RecordedEvent event) {
    String message = event.getString("message");
    if (message != null && !Canary.found(message).isEmpty() && isOurs(event)) {
      Canary.see(
          Channel.EXCEPTION,
          event.getClass("thrownClass").getName() + ": " + message + " at " + thrower(event));
    }
  }

  private static boolean isOurs(RecordedEvent event) {
    String thrower = thrower(event);
    return thrower.startsWith("io.wholechart.") && !isOfTests(thrower);
  }

  /** Who made the exception: the first frame that is none of an exception's own constructors. */
  private static String thrower(RecordedEvent event) {
    List<RecordedFrame> frames =
        event.getStackTrace() == null ? List.of() : event.getStackTrace().getFrames();
    return frames.stream()
        .map(frame -> frame.getMethod().getType().getName())
        .filter(type -> !isThrowable(type))
        .findFirst()
        .orElse("");
  }

  private static boolean isThrowable(String type) {
    try {
      return type.startsWith("jdk.internal.event.") || Throwable.class.isAssignableFrom(load(type));
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }

  private static boolean isOfTests(String type) {
    URL file = ExceptionCanary.class.getResource("/" + type.replace('.', '/') + ".class");
    return file == null || file.getPath().contains("/test-classes/");
  }

  private static Class<?> load(String type) throws ClassNotFoundException {
    return Class.forName(type, false, ExceptionCanary.class.getClassLoader());
  }
}
