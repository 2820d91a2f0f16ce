package io.wholechart.crosswalk;

import io.wholechart.fhir.PatientAuthor;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.SourceId;
import io.wholechart.source.Patience;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Every source knows the patient by the id that the caller asks by. */
public final class SameIds implements Crosswalk {
  private final Set<String> systems;

  /** Of which no source's system is known. */
  public SameIds() {
    this(Set.of());
  }

  /**
   * @param systems that are known to give these ids
   */
  SameIds(Set<String> systems) {
    this.systems = Set.copyOf(systems);
  }

  @Override
  public Optional<Resolution> known(PatientId id, @Nullable String idSystem) {
    return Optional.of(new Resolution.Found(SourceId.same(id, idSystem)));
  }

  @Override
  public Resolution ask(PatientId id, @Nullable String idSystem, Patience patience) {
    return known(id, idSystem).orElseThrow();
  }

  @Override
  public Holder holder(SearchedIdentifier identifier, Patience patience) {
    if (!PatientId.isLegal(identifier.value())) {
      return new Holder.Nobody(); // everybody's number is one of these
    }
    var id = new PatientId(identifier.value());
    @Nullable String system = identifier.system();
    return system == null || system.equals(PatientAuthor.ID) || systems.contains(system)
        ? new Holder.One(id)
        : new Holder.Supposed(id);
  }

  @Override
  public void close() {}
}
