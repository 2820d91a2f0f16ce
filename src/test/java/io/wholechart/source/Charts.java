package io.wholechart.source;

/** FHIR answers as an EHR writes them. */
final class Charts {
  static final String PATIENT = "{\"resourceType\":\"Patient\",\"id\":\"p-1\"}";
  static final String OUTCOME =
      "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\"}]}";

  private Charts() {}

  static String observation(String id) {
    return "{\"resourceType\":\"Observation\",\"id\":\"" + id + "\"}";
  }

  /** A searchset; without a next link where that is empty. */
  static String bundle(String next, String... resources) {
    var entries = String.join("},{\"resource\":", resources);
    return "{\"resourceType\":\"Bundle\",\"type\":\"searchset\""
        + (next.isEmpty() ? "" : ",\"link\":[{\"relation\":\"next\",\"url\":\"" + next + "\"}]")
        + (resources.length == 0 ? "" : ",\"entry\":[{\"resource\":" + entries + "}]")
        + "}";
  }
}
