package io.wholechart.fhir;

import java.util.List;
import java.util.function.Consumer;

/** Writes the CapabilityStatement of exactly what it is given. */
public final class CapabilityStatementJson {
  private CapabilityStatementJson() {}

  /**
   * Writes the statement.
   *
   * @param base the service's base URL
   * @param since when what it offers last changed, as a FHIR dateTime
   */
  public static byte[] write(
      String base, String since, String version, List<String> formats, List<Capability> all) {
    var json = new JsonBuffer();
    json.open(null).text("resourceType", "CapabilityStatement");
    json.text("status", "active").text("date", since).text("kind", "instance");
    json.open("software").text("name", "Wholechart").text("version", version).close();
    json.open("implementation");
    json.text("description", "One patient's chart from many sources, and what is missing of it");
    json.text("url", base).close();
    json.text("fhirVersion", "4.0.1");
    list(json, "format", formats, json::item);
    json.openList("rest").open(null).text("mode", "server");
    List<String> types = all.stream().map(Capability::resourceType).distinct().toList();
    list(json, "resource", types, type -> resource(json, type, all));
    json.close().closeList().close();
    return json.toByteArray();
  }

  private static void resource(JsonBuffer json, String type, List<Capability> all) {
    json.open(null).text("type", type);
    list(
        json,
        "interaction",
        of(Capability.Interaction.class, type, all),
        interaction -> json.open(null).text("code", interaction.code()).close());
    list(
        json,
        "searchParam",
        of(Capability.SearchParameter.class, type, all),
        parameter ->
            json.open(null).text("name", parameter.name()).text("type", parameter.kind()).close());
    list(
        json,
        "operation",
        of(Capability.Operation.class, type, all),
        operation ->
            json.open(null)
                .text("name", operation.name())
                .text("definition", operation.definition())
                .close());
    json.close();
  }

  private static <T extends Capability> List<T> of(
      Class<T> kind, String type, List<Capability> all) {
    return all.stream()
        .filter(capability -> capability.resourceType().equals(type))
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static <T> void list(JsonBuffer json, String name, List<T> items, Consumer<T> write) {
    if (!items.isEmpty()) {
      json.openList(name);
      items.forEach(write);
      json.closeList();
    }
  }
}
