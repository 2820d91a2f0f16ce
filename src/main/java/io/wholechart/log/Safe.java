package io.wholechart.log;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Locale;

/**
 * A value that may leave the building, by where it comes from: the operator, this program or this
 * machine, and never a patient's data, a caller or an upstream system. After palantir's
 * safe-logging; there is no unsafe kind here, since there is no log in which one would be wanted.
 */
public final class Safe {
  private final String text;

  private Safe(String text) {
    this.text = text;
  }

  /** How many, or how long. */
  public static Safe number(long number) {
    return new Safe(Long.toString(number));
  }

  /** A name out of the configuration, such as a source's. */
  public static Safe configured(String name) {
    return new Safe(name);
  }

  /** A file that the configuration names. */
  public static Safe file(Path file) {
    return new Safe(file.toString());
  }

  /** A request's id: a random one, or a caller's of an alphabet that says nothing. */
  public static Safe requestId(String id) {
    return new Safe(id);
  }

  /** Out of a closed vocabulary of ours. */
  public static Safe kind(Enum<?> kind) {
    return new Safe(spelled(kind));
  }

  /** Some of a closed vocabulary of ours. */
  public static Safe kinds(Collection<? extends Enum<?>> kinds) {
    return new Safe(kinds.stream().sorted().map(Safe::spelled).collect(joining(", ")));
  }

  private static String spelled(Enum<?> kind) {
    return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /**
   * Words of ours. Nothing but the one who calls holds them to that, so who does is drawn up in the
   * test of the architecture.
   */
  public static Safe words(String words) {
    return new Safe(words);
  }

  /** A class of ours. */
  public static Safe type(Class<?> type) {
    return new Safe(type.getSimpleName());
  }

  /** What went wrong and where; not the message, which may quote what was being read. */
  public static Safe cause(Throwable e) {
    StackTraceElement[] trace = e.getStackTrace();
    return new Safe(
        trace.length == 0 ? e.getClass().getName() : e.getClass().getName() + " at " + trace[0]);
  }

  /**
   * What the system says of one of our own files, message included: it names the file, and that its
   * disk is full. Libraries' exceptions are not it: those of a parser quote what they could not
   * read.
   */
  public static Safe ofFile(Exception e) {
    boolean isOfTheSystem =
        e instanceof IOException && e.getClass().getPackageName().startsWith("java.");
    return isOfTheSystem ? new Safe(e.toString()) : cause(e);
  }

  @Override
  public String toString() {
    return text;
  }
}
