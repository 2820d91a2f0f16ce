package io.wholechart;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.LoggerFactory;

/** Keeps what is logged while it is open, as the service that runs would have it logged. */
final class LogCapture implements AutoCloseable {
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();
  private final LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
  private final Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger own = context.getLogger("io.wholechart");
  private final Level before = own.getLevel();
  private final AppenderBase<ILoggingEvent> appender =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          lines.add(event.getFormattedMessage() + stackTrace(event));
        }
      };

  LogCapture() {
    own.setLevel(Level.INFO); // as it is outside of tests
    appender.setContext(context);
    appender.start();
    root.addAppender(appender);
    own.addAppender(appender);
    own.setAdditive(false); // a service that starts says so, which hundreds need not on the console
  }

  /** What was logged and holds this. */
  String linesWith(String text) {
    return lines.stream()
        .filter(line -> line.contains(text))
        .reduce("", (one, other) -> one + other + "\n");
  }

  int size() {
    return lines.size();
  }

  @Override
  public void close() {
    root.detachAppender(appender);
    own.detachAppender(appender);
    own.setAdditive(true);
    own.setLevel(before);
    appender.stop();
  }

  private static String stackTrace(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? ""
        : "\n" + ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
