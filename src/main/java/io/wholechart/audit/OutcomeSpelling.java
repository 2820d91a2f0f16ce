package io.wholechart.audit;

import static io.wholechart.audit.SpelledBytes.literal;

import io.wholechart.patient.IdentityVerdict;
import java.util.Arrays;

/** What of an outcome stands behind its request; see {@link RecordSpelling}. */
final class OutcomeSpelling {
  static final byte[] BYTES = literal(",\"bytes\":");
  private static final byte[] SOURCES = literal(",\"sources\":[");
  private static final byte[] SOURCE = literal("{\"source\":");
  private static final byte[] ASKED = literal(",\"asked\":");
  private static final byte[] NOT_CONTACTED = literal(",\"notContacted\":");
  private static final byte[] OUTCOME = literal(",\"outcome\":");
  private static final byte[] NO_STATUS = literal(",\"httpStatus\":null");
  private static final byte[] STATUS = literal(",\"httpStatus\":");
  private static final byte[] NO_IDENTITY = literal(",\"identity\":null");
  private static final byte[][] IDENTITIES =
      Arrays.stream(IdentityVerdict.values())
          .map(verdict -> literal(",\"identity\":\"" + verdict.key() + "\""))
          .toArray(byte[][]::new);
  private static final byte[] ELAPSED = literal(",\"elapsedMs\":");
  private static final byte[] ATTEMPTS = literal(",\"attempts\":");
  private static final byte[] ENTRIES = literal(",\"entries\":");
  private static final byte[] DIGEST = literal(",\"digest\":");
  private static final byte[] SECTIONS = literal(",\"sections\":{");

  /** Those of two and of four sources; others are rare, and need arithmetic. */
  private static final byte[][] COMPLETENESS =
      Arrays.stream(new String[] {"1.0", "null", "0.75", "0.5", "0.25", "0.0"})
          .map(text -> literal(",\"completeness\":" + text))
          .toArray(byte[][]::new);

  private static final byte[] PROBLEM = literal(",\"problem\":");
  private static final byte[][] RATINGS =
      Arrays.stream(AnswerGiven.Rating.values())
          .map(rating -> literal(",\"outcome\":\"" + rating.code() + "\""))
          .toArray(byte[][]::new);
  private static final byte[] ONE_REQUEST = literal(",\"requests\":1");
  private static final int MOST_SECTIONS = 16;

  private final SpelledBytes text;
  private final int[] sectionFrom = new int[MOST_SECTIONS];
  private final int[] sectionTo = new int[MOST_SECTIONS];

  OutcomeSpelling(SpelledBytes text) {
    this.text = text;
  }

  boolean isRest() {
    return text.skip(SOURCES)
        && sources()
        && text.skip(SECTIONS)
        && sections()
        && status(599)
        && oneOf(COMPLETENESS)
        && text.skip(PROBLEM)
        && text.wordOrNull()
        && oneOf(RATINGS)
        && text.skip(DIGEST)
        && text.hexOrNull(64)
        && number(BYTES, 18)
        && text.skip(ONE_REQUEST);
  }

  private boolean sources() {
    if (text.skip(']')) {
      return true;
    }
    for (int i = 0; i < AuditRecord.MOST_SOURCES && source(); i++) {
      if (text.skip(']')) {
        return true;
      }
      if (!text.skip(',')) {
        return false;
      }
    }
    return false;
  }

  private boolean source() {
    return text.skip(SOURCE)
        && text.name(128)
        && text.skip(ASKED)
        && text.sourceIdOrNull()
        && text.skip(NOT_CONTACTED)
        && text.wordOrNull()
        && text.skip(OUTCOME)
        && text.word()
        && (text.skip(NO_STATUS) || status(999))
        && (text.skip(NO_IDENTITY) || oneOf(IDENTITIES))
        && number(ELAPSED, 18)
        && number(ATTEMPTS, 9)
        && number(ENTRIES, 9)
        && number(BYTES, 18)
        && text.skip(DIGEST)
        && text.hexOrNull(64)
        && text.skip('}');
  }

  private boolean sections() {
    if (text.skip('}')) {
      return true;
    }
    for (int i = 0; i < MOST_SECTIONS && section(i); i++) {
      if (text.skip('}')) {
        return true;
      }
      if (!text.skip(',')) {
        return false;
      }
    }
    return false;
  }

  /** None of them twice: what was read into a map would lose one. */
  private boolean section(int index) {
    sectionFrom[index] = text.at();
    if (!text.word()) {
      return false;
    }
    sectionTo[index] = text.at();
    for (int i = 0; i < index; i++) {
      if (text.isSame(sectionFrom[i], sectionTo[i], sectionFrom[index], sectionTo[index])) {
        return false;
      }
    }
    return text.skip(':') && text.number(9) >= 0;
  }

  private boolean status(int highest) {
    if (!text.skip(STATUS)) {
      return false;
    }
    long status = text.number(3);
    return status >= 100 && status <= highest;
  }

  private boolean number(byte[] field, int digits) {
    return text.skip(field) && text.number(digits) >= 0;
  }

  private boolean oneOf(byte[][] literals) {
    for (byte[] literal : literals) {
      if (text.skip(literal)) {
        return true;
      }
    }
    return false;
  }
}
