package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What one source holds of a patient, or what an answer shows of it.
 *
 * @param resources what there is, by resource type: the resources themselves where the source has
 *     FHIR, else what they can be told apart by
 */
public record Held(Map<String, List<JsonNode>> resources) {
  Held() {
    this(new TreeMap<>());
  }

  void add(String type, JsonNode resource) {
    resources.computeIfAbsent(type, _ -> new ArrayList<>()).add(resource);
  }

  public Map<String, Integer> counts() {
    Map<String, Integer> counts = new TreeMap<>();
    resources.forEach((type, all) -> counts.put(type, all.size()));
    return counts;
  }

  public int count() {
    return resources.values().stream().mapToInt(List::size).sum();
  }

  public boolean isEmpty() {
    return resources.isEmpty();
  }

  /** What the other one does not have, as many times as it is missing there. */
  public List<JsonNode> without(Held other) {
    List<JsonNode> rest = new ArrayList<>();
    for (String type : new TreeSet<>(resources.keySet())) {
      Map<JsonNode, Integer> left = new HashMap<>();
      other.resources.getOrDefault(type, List.of()).forEach(r -> left.merge(r, 1, Integer::sum));
      for (JsonNode resource : resources.get(type)) {
        if (left.merge(resource, -1, Integer::sum) < 0) {
          rest.add(resource);
        }
      }
    }
    return rest;
  }
}
