package io.wholechart.identity;

import io.wholechart.patient.Demographics;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.SourceId;
import io.wholechart.source.SourceReport;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the patient's numbers: the ids that were asked for, and whatever else theirs.
 */
final class Numbers {
  /** What one identifier by itself says. */
  enum Says {
    THEIRS,
    MAYBE_THEIRS,
    NOTHING_KNOWN,
    ANOTHERS
  }

  private final Set<String> asked = new HashSet<>();
  private final Set<Identifier> known = new HashSet<>();
  private final Set<String> systems = new HashSet<>();
  private final Set<String> values = new HashSet<>();
  private final Set<String> valuesWithoutSystem = new HashSet<>();

  /**
   * The asked ids and the identifiers of every Patient who bears one. One step and no further:
   * chains of shared identifiers would end, through some placeholder number, at a stranger.
   */
  static Numbers of(List<SourceReport> reports) {
    var numbers = new Numbers();
    for (SourceReport report : reports) {
      if (report.asked() != null) {
        numbers.asked.add(report.asked().value());
        numbers.add(new Identifier(report.asked().system(), report.asked().value()));
      }
    }
    Set<Identifier> askedFor = Set.copyOf(numbers.known);
    for (SourceReport report : reports) {
      for (Entry entry : report.result().entries()) {
        @Nullable Demographics patient = entry.facts().demographics();
        if (patient != null && bears(patient, entry.facts().id(), report.asked(), askedFor)) {
          patient.identifiers().forEach(numbers::add);
        }
      }
    }
    return numbers;
  }

  private static boolean bears(
      Demographics patient,
      @Nullable String id,
      @Nullable SourceId asked,
      Set<Identifier> askedFor) {
    if (asked != null && asked.value().equals(id)) {
      return true;
    }
    for (Identifier identifier : patient.identifiers()) {
      if (isTheAsked(identifier, asked)
          || (identifier.system() != null && askedFor.contains(identifier))) {
        return true;
      }
    }
    return false;
  }

  private void add(Identifier identifier) {
    values.add(identifier.value());
    if (identifier.system() == null) {
      valuesWithoutSystem.add(identifier.value());
    } else {
      known.add(identifier);
      systems.add(identifier.system());
    }
  }

  boolean isAsked(String value) {
    return asked.contains(value);
  }

  /** What the ids of somebody say, of a source that was asked by this id. */
  Standing standing(
      @Nullable SourceId sourceAsked, @Nullable String id, List<Identifier> identifiers) {
    if (sourceAsked != null && sourceAsked.value().equals(id)) {
      return Standing.BEARER;
    }
    Standing standing =
        id != null ? Standing.OTHER : identifiers.isEmpty() ? Standing.NAMELESS : Standing.FOREIGN;
    for (Identifier identifier : identifiers) {
      switch (says(sourceAsked, identifier)) {
        case THEIRS -> {
          return Standing.BEARER;
        }
        case MAYBE_THEIRS -> standing = Standing.WEAK;
        case NOTHING_KNOWN -> {}
        case ANOTHERS -> standing = standing == Standing.WEAK ? standing : Standing.OTHER;
      }
    }
    return standing;
  }

  Says says(@Nullable SourceId sourceAsked, Identifier identifier) {
    if (isTheAsked(identifier, sourceAsked)) {
      return Says.THEIRS;
    }
    if (identifier.system() == null) {
      return values.contains(identifier.value()) ? Says.MAYBE_THEIRS : Says.ANOTHERS;
    }
    if (known.contains(identifier)) {
      return Says.THEIRS;
    }
    if (valuesWithoutSystem.contains(identifier.value())) {
      return Says.MAYBE_THEIRS;
    }
    return systems.contains(identifier.system()) ? Says.ANOTHERS : Says.NOTHING_KNOWN;
  }

  /**
   * Whether a source names the patient by the id that it was asked by. Without a system that is the
   * source's own way of naming them: a DICOM archive has no other.
   */
  private static boolean isTheAsked(Identifier identifier, @Nullable SourceId asked) {
    return asked != null
        && asked.value().equals(identifier.value())
        && (identifier.system() == null || identifier.system().equals(asked.system()));
  }
}
