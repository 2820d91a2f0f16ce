package io.wholechart.dicom;

import io.wholechart.patient.*;
import java.util.*;

public sealed interface QidoReading {
  record Read(List<ResourceBytes> studies, int unreadable) implements QidoReading {}

  record Unreadable(String why) implements QidoReading {}
}
