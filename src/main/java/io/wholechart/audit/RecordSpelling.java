package io.wholechart.audit;

import static io.wholechart.audit.SpelledBytes.literal;

/**
 * Whether a content is the one spelling of a record, told from its bytes alone: reading each record
 * of a log, and writing it again to compare, took most of the time of verifying.
 *
 * <p>What it accepts is what {@link RecordText} would write, and a smaller language: it knows the
 * three records of an access and the heartbeat, with texts that need no escapes. Of all others, and
 * of whatever is not well-formed, {@link RecordText} has the last word, so that nothing here can
 * find a fault, and only what is accepted here has to be right.
 */
final class RecordSpelling {
  private static final byte[] INTENT = literal("\"kind\":\"intent\",\"at\":");
  private static final byte[] OUTCOME = literal("\"kind\":\"outcome\",\"at\":");
  private static final byte[] ENDED = literal("\"kind\":\"ended\",\"at\":");
  private static final byte[] HEARTBEAT = literal("\"kind\":\"heartbeat\",\"at\":");
  private static final byte[] MONO = literal(",\"mono\":");
  private static final byte[] RUN = literal(",\"run\":");
  private static final byte[] OF_INTENT = literal(",\"intent\":");
  private static final byte[] OF = literal(",\"of\":");
  private static final byte[] DELIVERED = literal(",\"how\":\"delivered\"");
  private static final byte[] ABORTED = literal(",\"how\":\"aborted\"");
  private static final byte[] RECORDS = literal(",\"records\":");
  private static final byte[] SPOOLED = literal(",\"spooled\":true");
  private static final byte[] REQUEST_ID = literal(",\"requestId\":");
  private static final byte[] TRACE_ID = literal(",\"traceId\":");
  private static final byte[] ISSUER = literal(",\"agent\":{\"issuer\":");
  private static final byte[] SUBJECT = literal(",\"subject\":");
  private static final byte[] NAME = literal(",\"name\":");
  private static final byte[] ROLES = literal(",\"roles\":[");
  private static final byte[] CLIENT = literal(",\"client\":");
  private static final byte[] TOKEN_ID = literal(",\"tokenId\":");
  private static final byte[] ADDRESS = literal(",\"address\":");
  private static final byte[] PATIENT_ID = literal("},\"patientId\":");
  private static final byte[] INTERACTION = literal(",\"interaction\":");
  private static final byte[] PURPOSE = literal(",\"purpose\":{\"purposeOfUse\":");
  private static final byte[] ASKED_URGENCY = literal(",\"urgencyAsked\":");
  private static final byte[] GRANTED_URGENCY = literal(",\"urgencyGranted\":");
  private static final byte[] REASON = literal(",\"reason\":");

  private final SpelledBytes text = new SpelledBytes();
  private final OutcomeSpelling outcome = new OutcomeSpelling(text);

  boolean isSpelled(byte[] bytes, int from, int to) {
    text.over(bytes, from, to);
    return isCommon() || RecordText.decode(bytes, from, to).isPresent();
  }

  /** One of the common records; false says nothing of the others. */
  boolean isCommon(byte[] bytes, int from, int to) {
    text.over(bytes, from, to);
    return isCommon();
  }

  private boolean isCommon() {
    return isRecord() && (text.isAtEnd() || (text.skip(SPOOLED) && text.isAtEnd()));
  }

  private boolean isRecord() {
    if (text.skip(INTENT)) {
      return stamp() && request();
    }
    if (text.skip(OUTCOME)) {
      return stamp() && number(OF_INTENT) && request() && outcome.isRest();
    }
    if (text.skip(ENDED)) {
      return stamp()
          && number(OF)
          && (text.skip(DELIVERED) || text.skip(ABORTED))
          && number(OutcomeSpelling.BYTES);
    }
    return text.skip(HEARTBEAT) && stamp() && number(RECORDS);
  }

  private boolean stamp() {
    return text.time() && number(MONO) && text.skip(RUN) && text.hex(8);
  }

  private boolean number(byte[] field) {
    return text.skip(field) && text.number(18) >= 0;
  }

  private boolean request() {
    return text.skip(REQUEST_ID)
        && text.requestId()
        && text.skip(TRACE_ID)
        && text.hexOrNull(32)
        && agent()
        && text.skip(PATIENT_ID)
        && text.patientIdOrNull()
        && text.skip(INTERACTION)
        && text.word()
        && text.skip(PURPOSE)
        && text.word()
        && text.skip(ASKED_URGENCY)
        && text.wordOrNull()
        && text.skip(GRANTED_URGENCY)
        && text.wordOrNull()
        && text.skip(REASON)
        && text.nameOrNull(1000)
        && text.skip('}');
  }

  private boolean agent() {
    return text.skip(ISSUER)
        && text.nameOrNull(512)
        && text.skip(SUBJECT)
        && text.nameOrNull(256)
        && text.skip(NAME)
        && text.name(256)
        && text.skip(ROLES)
        && roles()
        && text.skip(CLIENT)
        && text.nameOrNull(256)
        && text.skip(TOKEN_ID)
        && text.nameOrNull(256)
        && text.skip(ADDRESS)
        && text.nameOrNull(64);
  }

  private boolean roles() {
    if (text.skip(']')) {
      return true;
    }
    for (int i = 0; i < Agent.MOST_ROLES && text.name(128); i++) {
      if (text.skip(']')) {
        return true;
      }
      if (!text.skip(',')) {
        return false;
      }
    }
    return false;
  }
}
