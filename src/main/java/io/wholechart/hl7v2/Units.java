package io.wholechart.hl7v2;

import io.wholechart.fhir.LaboratoryResult.Unit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;

/**
 * Says which units are UCUM. A unit is never converted, and one that is not UCUM stays as it was
 * sent.
 */
final class Units {
  private static final UcumService UCUM = load();
  private static final Pattern POWER_OF_TEN =
      Pattern.compile("\\S{0,3}10\\^[+-]?\\d{1,2}(\\D\\S*)?");
  private static final int MAX_KNOWN = 2000;
  private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

  private Units() {}

  static Optional<Unit> of(Er7Segment obx) {
    return sent(obx)
        .map(text -> new Unit(text, saysUcum(obx.text(6, 3)) && isUcum(text) ? text : null));
  }

  private static Optional<String> sent(Er7Segment obx) {
    Optional<String> whole = obx.literal(6);
    // The caret of 10^9/L, not escaped: its first component alone would be the unit "10".
    return whole
        .filter(text -> text.indexOf('^') >= 0 && POWER_OF_TEN.matcher(text).matches())
        .or(() -> obx.words(6, 1, 1))
        .or(() -> obx.words(6, 1, 2));
  }

  /** A code of another system may look like UCUM and mean something else: K/uL is no kelvin. */
  private static boolean saysUcum(Optional<String> system) {
    return system.isEmpty() || system.get().equalsIgnoreCase("UCUM");
  }

  static boolean isUcum(String unit) {
    Boolean known = KNOWN.get(unit);
    if (known == null) {
      known = UCUM.validate(unit) == null; // null is how the library says that nothing is wrong
      if (KNOWN.size() < MAX_KNOWN) { // what upstreams send must not fill the heap
        KNOWN.put(unit, known);
      }
    }
    return known;
  }

  private static UcumService load() {
    try (var essence = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
      return new UcumEssenceService(essence);
    } catch (UcumException | java.io.IOException e) {
      throw new IllegalStateException("the UCUM library has lost its table", e);
    }
  }
}
