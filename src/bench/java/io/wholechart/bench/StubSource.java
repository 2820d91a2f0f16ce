package io.wholechart.bench;

import java.util.ArrayList;
import java.util.List;

/**
 * One source as a contender is told of it.
 *
 * @param name as our configuration would name it: the second laboratory is {@code lab2}
 * @param searches the types that a pharmacy is searched for; the other kinds have one call
 */
record StubSource(String name, Kind kind, int port, List<String> searches) {
  /** Every search that our default configuration makes of the pharmacy. */
  static final List<String> ALL_SEARCHES =
      List.of("Patient", "MedicationDispense", "MedicationRequest");

  /** How a source speaks, in the order of the stub's ports. */
  enum Kind {
    EHR,
    LAB,
    IMAGING,
    PHARMACY;

    String key() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  static List<StubSource> of(List<Integer> ports, int count, List<String> searches) {
    List<StubSource> sources = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Kind kind = Kind.values()[i % Kind.values().length];
      int which = i / Kind.values().length + 1;
      String name = which == 1 ? kind.key() : kind.key() + which;
      sources.add(new StubSource(name, kind, ports.get(i), searches));
    }
    return List.copyOf(sources);
  }

  private String origin() {
    return "http://127.0.0.1:" + port;
  }

  /** What the source's block in our configuration names as its url. */
  String base() {
    return switch (kind) {
      case EHR, PHARMACY -> origin() + "/fhir";
      case LAB -> origin();
      case IMAGING -> origin() + "/dicom-web";
    };
  }

  /** The calls of one request, the same ones that our service makes. */
  List<String> urls() {
    return switch (kind) {
      case EHR -> List.of(base() + "/Patient/{id}/$everything?_count=250");
      case LAB -> List.of(base() + "/results?patient={id}");
      case IMAGING -> List.of(base() + "/studies?PatientID={id}&limit=100&offset=0");
      case PHARMACY -> searches.stream().map(this::search).toList();
    };
  }

  private String search(String type) {
    String by = type.equals("Patient") ? "_id" : "patient";
    return base() + "/" + type + "?" + by + "={id}&_count=250";
  }
}
