package io.wholechart.disclosure;

/**
 * What was done, as the log's word for it says it to FHIR and to people.
 *
 * <p>BALP has a profile for reading one thing and one for a query. FHIR's operations on a patient
 * have none; as they find what there is of a patient, they are queries here.
 *
 * @param restful R4's restful interaction
 * @param isQuery whether it is found by a query rather than read by its name
 * @param request what was asked, with {@code {id}} for whom; canonical, as the log does not keep
 *     the caller's own words
 * @param words for people
 */
record Interaction(String restful, boolean isQuery, String request, String words) {
  private static Interaction read(String request, String words) {
    return new Interaction("read", false, request, words);
  }

  private static Interaction query(String request, String words) {
    return new Interaction("search-type", true, request, words);
  }

  /** What a word of the log means; a word that is not known here is shown as it is. */
  static Interaction named(String word) {
    return switch (word) {
      case "patient-read" -> read("patients/{id}", "the whole chart");
      case "batch-read" -> read("patients/{id}", "the whole chart, in a list of several");
      case "patient-demographics" -> read("Patient/{id}", "demographics");
      case "summary" -> query("Patient/{id}/$summary", "a summary");
      case "everything" -> query("Patient/{id}/$everything", "the whole chart, as FHIR");
      case "everything-page" -> query("Patient/{id}/$everything", "a further page of the chart");
      case "patient-search" -> query("Patient?_id={id}", "demographics, by searching for a number");
      case "audit-read" -> query("AuditEvent?patient={id}", "who looked at the chart");
      case "capabilities" ->
          new Interaction("capabilities", false, "metadata", "what the service can do");
      case "none" -> new Interaction("operation", false, "", "nothing that is served");
      default -> new Interaction("operation", false, word, word);
    };
  }
}
