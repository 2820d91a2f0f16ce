package io.wholechart.hl7v2;

import io.wholechart.fhir.LaboratoryResult.Unit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;
import org.fhir.ucum.UcumService;
import org.jspecify.annotations.Nullable;

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

  static @Nullable Unit of(Er7Segment obx) {
    @Nullable String text = sent(obx);
    if (text == null) {
      return null;
    }
    return new Unit(text, saysUcum(obx.text(6, 3)) && isUcum(text) ? text : null);
  }

  private static @Nullable String sent(Er7Segment obx) {
    @Nullable String whole = obx.literal(6);
    // The caret of 10^9/L, not escaped: its first component alone would be the unit "10".
    if (whole == null || (whole.contains("10^") && POWER_OF_TEN.matcher(whole).matches())) {
      return whole;
    }
    @Nullable String code = obx.words(6, 1, 1);
    return code == null ? obx.words(6, 1, 2) : code;
  }

  /** A code of another system may look like UCUM and mean something else: K/uL is no kelvin. */
  private static boolean saysUcum(@Nullable String system) {
    return system == null || system.equalsIgnoreCase("UCUM");
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
