package io.wholechart.fhir;

import io.wholechart.patient.Conflict;
import io.wholechart.patient.Entry;
import io.wholechart.patient.ResourceBytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one Patient out of those of all sources: each element in the words of the first source
 * that has it, the identifiers of all of them, and whatever they disagree on flagged. Nothing is
 * settled by that: which sources say what stands in the flag.
 */
public final class PatientAuthor {
  /** The extension that flags a disagreement: its element, and each claim with who makes it. */
  public static final String CONFLICT = "urn:wholechart:conflict";

  /** The system of the ids that we are asked by. */
  public static final String ID = "urn:wholechart:patient";

  /** What describes one person whoever says it, and refers to nothing that stays behind. */
  private static final List<String> SHARED =
      List.of(
          "active",
          "name",
          "telecom",
          "gender",
          "birthDate",
          "deceased",
          "address",
          "maritalStatus",
          "multipleBirth",
          "communication");

  private static final Set<String> OURS =
      Set.of("resourceType", "id", "meta", "text", "extension", "identifier", "link");

  private PatientAuthor() {}

  /**
   * Writes the Patient.
   *
   * @param id by which we are asked for the patient
   * @param patients the sources' Patients, in the order of the configuration
   * @param reason why an element that everybody must have is not there, as {@code
   *     data-absent-reason} has it
   * @param isLinked whether it refers to the sources' Patients
   */
  public static ResourceBytes merged(
      String id,
      List<Entry> patients,
      List<Conflict> conflicts,
      AnswerNames names,
      String reason,
      boolean isLinked) {
    List<Map<String, String>> all = new ArrayList<>(patients.size());
    for (Entry patient : patients) {
      all.add(RawFields.of(Splice.of(patient, id, names)));
    }
    var json = new JsonBuffer();
    json.open(null).text("resourceType", "Patient").text("id", id);
    meta(json, all);
    list(json, "extension", extensions(all, conflicts));
    List<String> identifiers = new ArrayList<>(union(all, "identifier"));
    identifiers.add("{\"system\":\"" + ID + "\",\"value\":\"" + id + "\"}");
    list(json, "identifier", identifiers);
    Map<String, String> elements = elements(all);
    elements.forEach(json::raw);
    if (!elements.containsKey("name")) {
      json.openList("name").open(null);
      DataTypes.absent(json, "_family", reason);
      json.close().closeList();
    }
    if (!elements.containsKey("birthDate") && !elements.containsKey("_birthDate")) {
      DataTypes.absent(json, "_birthDate", reason);
    }
    list(json, "link", isLinked ? links(patients, names) : List.of());
    byte[] bytes = json.close().toByteArray();
    return new ResourceBytes(bytes, 0, bytes.length);
  }

  /** Labels that restrict who may read one source's Patient restrict the whole as well. */
  private static void meta(JsonBuffer json, List<Map<String, String>> all) {
    json.open("meta").text("source", DocumentAuthor.OURSELVES);
    List<Map<String, String>> metas =
        all.stream().map(fields -> RawFields.of(fields.getOrDefault("meta", "{}"))).toList();
    list(json, "security", union(metas, "security"));
    json.close();
  }

  /** The items of all, each once: two sources that write the same mean the same. */
  private static List<String> union(List<Map<String, String>> all, String field) {
    Set<String> items = new LinkedHashSet<>();
    for (Map<String, String> fields : all) {
      @Nullable String array = fields.get(field);
      if (array != null) {
        items.addAll(RawFields.items(array));
      }
    }
    return List.copyOf(items);
  }

  private static Map<String, String> elements(List<Map<String, String>> all) {
    Map<String, String> elements = new LinkedHashMap<>();
    if (!all.isEmpty()) {
      elements.putAll(all.getFirst());
      elements.keySet().removeAll(OURS);
      elements.keySet().removeIf(name -> !isElement(name));
    }
    for (String shared : SHARED) {
      for (Map<String, String> fields : all) {
        if (elements.keySet().stream().noneMatch(name -> isOf(shared, name))) {
          fields.forEach((name, value) -> {
            if (isOf(shared, name)) {
              elements.put(name, value);
            }
          });
        }
      }
    }
    return elements;
  }

  /** FHIR's names are letters; anything else would have to be escaped, and says nothing. */
  private static boolean isElement(String name) {
    return name.chars().allMatch(c -> (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_');
  }

  /** Whether the field is the element: {@code _birthDate}, {@code deceasedBoolean} as well. */
  private static boolean isOf(String element, String field) {
    String name = field.startsWith("_") ? field.substring(1) : field;
    boolean isChoice = element.equals("deceased") || element.equals("multipleBirth");
    return isChoice ? name.startsWith(element) : name.equals(element);
  }

  private static List<String> extensions(List<Map<String, String>> all, List<Conflict> conflicts) {
    List<String> extensions =
        new ArrayList<>(union(all.isEmpty() ? all : all.subList(0, 1), "extension"));
    conflicts.forEach(conflict -> extensions.add(extension(conflict)));
    return extensions;
  }

  private static String extension(Conflict conflict) {
    var json = new JsonBuffer();
    json.open(null).openList("extension");
    json.open(null).text("url", "element").text("valueString", conflict.element()).close();
    for (Conflict.Claim claim : conflict.claims()) {
      json.open(null).openList("extension");
      json.open(null).text("url", "value").text("valueString", whole(claim.value())).close();
      for (String source : claim.sources()) {
        String uri = Splice.sourceUri(source);
        json.open(null).text("url", "source").text("valueUri", uri).close();
      }
      json.closeList().text("url", "claim").close();
    }
    json.closeList().text("url", CONFLICT).close();
    return json.toString();
  }

  /** Half a surrogate pair, which an escape in JSON can smuggle in, is no character. */
  private static String whole(String value) {
    return new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
  }

  private static List<String> links(List<Entry> patients, AnswerNames names) {
    List<String> links = new ArrayList<>();
    for (Entry patient : patients) {
      @Nullable String its = names.id(patient);
      if (its != null) {
        var json = new JsonBuffer();
        json.open(null).open("other").text("reference", "Patient/" + its);
        json.text("display", patient.source()).close().text("type", "seealso").close();
        links.add(json.toString());
      }
    }
    return links;
  }

  private static void list(JsonBuffer json, String name, List<String> items) {
    if (!items.isEmpty()) {
      json.openList(name);
      items.forEach(item -> json.raw(null, item));
      json.closeList();
    }
  }
}
