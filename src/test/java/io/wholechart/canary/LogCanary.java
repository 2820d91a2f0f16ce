package io.wholechart.canary;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import io.wholechart.canary.Canary.Channel;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.slf4j.Marker;
import org.slf4j.helpers.MessageFormatter;

/**
 * Sees what would be logged outside of tests, also where a test has it thrown away. In front of all
 * appenders, so that no logger that is cut off from the root goes unseen.
 */
public final class LogCanary extends TurboFilter {
  @Override
  public FilterReply decide(
      Marker marker, Logger logger, Level level, String format, Object[] values, Throwable e) {
    if (format != null && isLoggedInProduction(logger, level)) {
      var message = MessageFormatter.arrayFormat(format, values, e);
      String text =
          logger.getName()
              + ": "
              + message.getMessage()
              + trace(e == null ? message.getThrowable() : e);
      Canary.see(Channel.LOG, text);
    }
    return FilterReply.NEUTRAL;
  }

  private static boolean isLoggedInProduction(Logger logger, Level level) {
    boolean isOurs = logger.getName().startsWith("io.wholechart");
    return level.isGreaterOrEqual(isOurs ? Level.INFO : Level.WARN);
  }

  private static String trace(Throwable e) {
    if (e == null) {
      return "";
    }
    var trace = new StringWriter();
    e.printStackTrace(new PrintWriter(trace));
    return "\n" + trace;
  }
}
