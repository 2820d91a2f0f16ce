package io.wholechart.consent;

import io.wholechart.patient.PatientId;
import io.wholechart.patient.Section;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The deny list: which patients' charts, or sections of them, are kept from everybody. */
public final class Denials {
  public static final Denials NONE = new Denials(Map.of());

  private static final String HEADER = "patient,section";

  private final Map<PatientId, Denied> byPatient;

  private Denials(Map<PatientId, Denied> byPatient) {
    this.byPatient = byPatient;
  }

  /** What became of reading one. */
  public sealed interface Parsed {
    record Whole(Denials denials) implements Parsed {}

    /**
     * It cannot be used.
     *
     * @param line from 1
     * @param problem without what stands there, which is a patient's
     */
    record Unfit(int line, String problem) implements Parsed {}
  }

  /**
   * Reads a list. The header is asked for because a file that has lost its lines must not read as
   * one that denies nothing.
   *
   * @param lines {@code patient,section} first, then one a line; without a section it is all of the
   *     patient's chart; blank lines and those that begin with # are left out
   */
  public static Parsed parse(List<String> lines) {
    Map<PatientId, Denied> byPatient = new HashMap<>();
    boolean isHeaded = false;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      if (!isHeaded) {
        if (!line.equals(HEADER)) {
          return new Parsed.Unfit(i + 1, "must be the header " + HEADER);
        }
        isHeaded = true;
        continue;
      }
      int comma = line.indexOf(',');
      String id = comma < 0 ? line : line.substring(0, comma).strip();
      String key = comma < 0 ? "" : line.substring(comma + 1).strip();
      if (!PatientId.isLegal(id)) {
        return new Parsed.Unfit(i + 1, "has no patient id of 1 to 64 letters, digits, '.' or '-'");
      }
      if (!key.isEmpty() && Section.named(key).isEmpty()) {
        return new Parsed.Unfit(
            i + 1, "names a section that is none of " + String.join(", ", Section.keys()));
      }
      byPatient.merge(new PatientId(id), denied(key), Denials::both);
    }
    return isHeaded
        ? new Parsed.Whole(new Denials(Map.copyOf(byPatient)))
        : new Parsed.Unfit(lines.size() + 1, "is the end of a file without the header " + HEADER);
  }

  private static Denied denied(String key) {
    return Section.named(key)
        .map(section -> new Denied(false, Set.of(section)))
        .orElse(Denied.EVERYTHING);
  }

  private static Denied both(Denied one, Denied other) {
    Set<Section> sections = EnumSet.copyOf(one.sections());
    sections.addAll(other.sections());
    return new Denied(one.isWhole() || other.isWhole(), sections);
  }

  public Denied of(PatientId patient) {
    return byPatient.getOrDefault(patient, Denied.NOTHING);
  }

  /** How many patients it names. */
  public int size() {
    return byPatient.size();
  }
}
