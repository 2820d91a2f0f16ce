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
    @Nullable String system = identifier.system();
    boolean isOurs = system == null || system.equals(PatientAuthor.ID) || systems.contains(system);
    if (!PatientId.isLegal(identifier.value())) {
      return isOurs ? new Holder.Nobody() : new Holder.UnknownSystem();
    }
    var id = new PatientId(identifier.value());
    return isOurs ? new Holder.One(id) : new Holder.Supposed(id);
  }

  @Override
  public void close() {}
}
