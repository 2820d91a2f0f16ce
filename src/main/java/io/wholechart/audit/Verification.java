package io.wholechart.audit;

/** What a look through the whole journal found. */
public sealed interface Verification {

  /** The exit code of a command that reports it. */
  int exitCode();

  /** It in words, of no patient. */
  String describe();

  /**
   * Every line is as it was written.
   *
   * @param head the hash of the last line, which stands for the whole log: kept elsewhere, it shows
   *     later whether anything was cut off or written anew
   */
  record Whole(long records, String head) implements Verification {
    @Override
    public int exitCode() {
      return 0;
    }

    @Override
    public String describe() {
      return "whole: %d records, head %s".formatted(records, head);
    }
  }

  /**
   * The last line is incomplete and all before it is whole: a crash, or a write under way. Such a
   * line was not acknowledged yet; opening the log mends it.
   *
   * @param atByte where the last line begins
   */
  record TornTail(long records, String head, long atByte) implements Verification {
    @Override
    public int exitCode() {
      return 2;
    }

    @Override
    public String describe() {
      return ("whole but for its end: %d records, head %s; from byte %d on there is an incomplete"
              + " line, left by a crash or just being written")
          .formatted(records, head, atByte);
    }
  }

  /**
   * Something was changed after it was written.
   *
   * @param records how many lines before it are whole
   * @param atByte where the first bad line begins
   */
  record Altered(long records, long atByte, String what) implements Verification {
    @Override
    public int exitCode() {
      return 3;
    }

    /** The first bad line, counted from 1. */
    public long line() {
      return records + 1;
    }

    @Override
    public String describe() {
      return "altered: line %d, at byte %d, %s; the %d records before it are whole"
          .formatted(line(), atByte, what, records);
    }
  }

  /** The log could not be read, so nothing is said about it. */
  record Unreadable(String what) implements Verification {
    @Override
    public int exitCode() {
      return 1;
    }

    @Override
    public String describe() {
      return what;
    }
  }
}
