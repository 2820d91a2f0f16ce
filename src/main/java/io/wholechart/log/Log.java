package io.wholechart.log;

import com.google.errorprone.annotations.CompileTimeConstant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells operators what goes on, in lines of ours with what is {@link Safe} at each {@code {}}. A
 * line is a constant, so that nothing is put into it on the way past the type.
 */
public final class Log {
  private final Logger logger;

  private Log(Logger logger) {
    this.logger = logger;
  }

  public static Log of(Class<?> place) {
    return new Log(LoggerFactory.getLogger(place));
  }

  public void info(@CompileTimeConstant String line, Safe... values) {
    logger.info(line, (Object[]) values);
  }

  public void warn(@CompileTimeConstant String line, Safe... values) {
    logger.warn(line, (Object[]) values);
  }

  public void error(@CompileTimeConstant String line, Safe... values) {
    logger.error(line, (Object[]) values);
  }
}
