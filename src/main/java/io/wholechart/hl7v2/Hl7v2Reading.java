package io.wholechart.hl7v2;

import io.wholechart.fhir.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a laboratory's answer turned out to be. */
public sealed interface Hl7v2Reading {

  /**
   * HL7 v2 text. Without any message it is a positive "nothing": an empty batch.
   *
   * @param messages how many there were, readable or not
   * @param refusals why messages were not read, one each
   * @param results the OBX segments that became Observations
   * @param resultsLost the OBX segments of readable messages that did not
   * @param asOf when the newest message was made, where it says so with a zone
   */
  record Read(
      List<Resource> resources,
      int messages,
      List<Refusal> refusals,
      int results,
      int resultsLost,
      Optional<Instant> asOf)
      implements Hl7v2Reading {
    public Read {
      resources = List.copyOf(resources);
      refusals = List.copyOf(refusals);
    }

    public boolean isWhole() {
      return refusals.isEmpty() && resultsLost == 0;
    }
  }

  /** More segments than are read. */
  record TooMany() implements Hl7v2Reading {}

  /** Not HL7 v2: no header, no batch, or nothing at all. */
  record Unreadable() implements Hl7v2Reading {}

  /** Why a message was not read. */
  enum Refusal {
    /** Its header is too short to say what it is. */
    NO_HEADER,
    /** It is not an observation result. */
    NOT_A_RESULT,
    /** Its bytes are not of the character set that it names. */
    UNDECODABLE,
    /** It is damaged in a way that we do not understand. */
    DAMAGED,
    /** It is not there: its batch says that there are more messages than came. */
    CUT_OFF
  }
}
