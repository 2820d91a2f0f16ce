package io.wholechart.hl7v2;

import io.wholechart.patient.*;
import java.util.*;

public sealed interface Hl7v2Reading {
  record Read(
      List<ResourceBytes> resources,
      int messages,
      int unreadableMessages,
      int segmentsLost,
      Optional<java.time.Instant> asOf)
      implements Hl7v2Reading {}

  record Unreadable(String why) implements Hl7v2Reading {}
}
