package io.wholechart.crosswalk;

import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.source.Patience;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Says by which id a source is asked for the patient, and whose id a number is. */
public interface Crosswalk extends AutoCloseable {
  /** The answer where it takes no waiting; empty where {@link #ask} has to be asked. */
  Optional<Resolution> known(PatientId id, @Nullable String idSystem);

  /**
   * The answer, for which the caller may have to wait.
   *
   * @throws InterruptedException when the caller's deadline strikes
   */
  Resolution ask(PatientId id, @Nullable String idSystem, Patience patience)
      throws InterruptedException;

  /**
   * The way back: whose number it is, for which the caller may have to wait.
   *
   * @throws InterruptedException when the caller's deadline strikes
   */
  Holder holder(SearchedIdentifier identifier, Patience patience) throws InterruptedException;

  @Override
  void close();

  /**
   * Opens the one that is configured.
   *
   * @param idSystems of the sources
   * @param longest the longest deadline of any request
   * @throws IOException where the file cannot be used; the message says which line of it, or where
   *     a secret cannot be read
   */
  static Crosswalk open(
      CrosswalkSettings settings,
      Set<String> idSystems,
      Duration longest,
      InstantSource clock,
      Metrics metrics)
      throws IOException {
    return switch (settings.type()) {
      case SAME -> new SameIds(systems(settings, idSystems));
      case CSV ->
          CrosswalkFile.open(Objects.requireNonNull(settings.file()), settings, idSystems, metrics);
      case PIXM -> PixmCrosswalk.open(settings, longest, clock, metrics);
    };
  }

  private static Set<String> systems(CrosswalkSettings settings, Set<String> idSystems) {
    Set<String> systems = new HashSet<>(idSystems);
    if (settings.system() != null) {
      systems.add(settings.system());
    }
    return systems;
  }
}
