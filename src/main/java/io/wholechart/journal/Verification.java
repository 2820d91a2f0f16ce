package io.wholechart.journal;

/**
 * What a look through a whole journal found. But for the first three, the first bad thing is named,
 * and how many records before it are whole.
 */
public sealed interface Verification {

  /** The exit code of a command that reports it. */
  int exitCode();

  /** It in words, of no patient. */
  String describe();

  /**
   * Every record is as it was written.
   *
   * @param records the number of the last one
   * @param head the hash of the last line, which stands for the whole log
   * @param signed for how many of them the last checkpoint signs
   */
  record Whole(long records, String head, long signed) implements Verification {
    @Override
    public int exitCode() {
      return 0;
    }

    @Override
    public String describe() {
      return "whole: %d records, %d of them signed for, head %s".formatted(records, signed, head);
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

  /**
   * The end is incomplete and all before it is whole: a crash, or a write under way. What is torn
   * was not acknowledged yet; opening the log mends it.
   */
  record TornTail(long records, String head, String what) implements Verification {
    @Override
    public int exitCode() {
      return 2;
    }

    @Override
    public String describe() {
      return "whole but for its end: %d records, head %s; %s".formatted(records, head, what);
    }
  }

  /** Something was changed after it was written. */
  record Altered(long records, String what) implements Verification {
    @Override
    public int exitCode() {
      return 3;
    }

    @Override
    public String describe() {
      return found("altered", what, records);
    }
  }

  /** Records are signed for that are no longer there. */
  record Truncated(long records, String what) implements Verification {
    @Override
    public int exitCode() {
      return 4;
    }

    @Override
    public String describe() {
      return found("truncated", what, records);
    }
  }

  /** What is there is not what was signed for, or goes on from something else. */
  record Forked(long records, String what) implements Verification {
    @Override
    public int exitCode() {
      return 5;
    }

    @Override
    public String describe() {
      return found("forked", what, records);
    }
  }

  /** Records are missing, with others behind them. */
  record Gap(long records, String what) implements Verification {
    @Override
    public int exitCode() {
      return 6;
    }

    @Override
    public String describe() {
      return found("gap", what, records);
    }
  }

  /** A store to which the journal was shipped holds something else. */
  record StoreDiffers(long records, String what) implements Verification {
    @Override
    public int exitCode() {
      return 7;
    }

    @Override
    public String describe() {
      return found("store differs", what, records);
    }
  }

  /** Something is of another node or epoch, or signed by another key, than is due. */
  record WrongKey(long records, String what) implements Verification {
    @Override
    public int exitCode() {
      return 8;
    }

    @Override
    public String describe() {
      return found("wrong epoch or key", what, records);
    }
  }

  private static String found(String verdict, String what, long records) {
    return "%s: %s; the %d records before it are whole".formatted(verdict, what, records);
  }
}
