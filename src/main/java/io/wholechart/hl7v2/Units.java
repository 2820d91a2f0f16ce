package io.wholechart.hl7v2;

import io.wholechart.fhir.LaboratoryResult.Unit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;

/**
 * Says which units are UCUM. A unit is never converted, and one that is not UCUM stays as it was
 * sent.
 */
final class Units {
  private static final UcumService UCUM = load();
  private static final int MAX_KNOWN = 2000;
  private static final Map<String, Boolean> KNOWN = new ConcurrentHashMap<>();

  private Units() {}

  static Optional<Unit> of(Er7Segment obx) {
    Optional<String> sent = obx.text(6, 1).or(() -> obx.text(6, 2));
    return sent.map(text -> new Unit(text, isUcum(text) ? text : null));
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
