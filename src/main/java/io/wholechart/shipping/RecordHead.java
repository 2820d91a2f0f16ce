package io.wholechart.shipping;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/**
 * What is read off a record's first two fields; both are a function of its bytes, so that whoever
 * reads them anew finds the same.
 */
record RecordHead(String kind, Instant at) {
  private static final String KIND = "\"kind\":\"";
  private static final String AT = ",\"at\":\"";
  private static final int LONGEST = 128;

  /** Of a content, or of a line that holds one; the year 1970 where there is no time. */
  static RecordHead of(byte[] content) {
    String head = new String(content, 0, Math.min(content.length, LONGEST), US_ASCII);
    int kindEnd = head.startsWith(KIND) ? head.indexOf('"', KIND.length()) : -1;
    if (kindEnd < 0) {
      return new RecordHead("", Instant.EPOCH);
    }
    return new RecordHead(head.substring(KIND.length(), kindEnd), at(head, kindEnd + 1));
  }

  private static Instant at(String head, int from) {
    int end = head.startsWith(AT, from) ? head.indexOf('"', from + AT.length()) : -1;
    try {
      return end < 0 ? Instant.EPOCH : Instant.parse(head.substring(from + AT.length(), end));
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
