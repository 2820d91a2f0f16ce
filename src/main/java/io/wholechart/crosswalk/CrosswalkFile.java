package io.wholechart.crosswalk;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wholechart.crosswalk.CrosswalkTable.UnfitException;
import io.wholechart.fhir.PatientAuthor;
import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import io.wholechart.metrics.Metrics;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.SourceId;
import io.wholechart.source.Failure;
import io.wholechart.source.FailureReason;
import io.wholechart.source.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ids out of a CSV file, which is read again when it changes. While what it has changed to cannot
 * be used, the table from before stays, and a gauge and the log say so: a service without ids would
 * be one without charts.
 */
final class CrosswalkFile implements Crosswalk {
  private static final Log LOG = Log.of(CrosswalkFile.class);

  /** Whoever it does not know may stand in what it has changed to. */
  private static final Holder OUT_OF_DATE =
      new Holder.Unresolved(new Failure(FailureReason.ID_UNRESOLVED, "is out of date"));

  /** What tells a changed file from an unchanged one. */
  private record Stamp(FileTime modified, long size, @Nullable Object key) {
    static Stamp of(Path file) throws IOException {
      var attributes =
          Files.readAttributes(file, java.nio.file.attribute.BasicFileAttributes.class);
      return new Stamp(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    }
  }

  private final Path file;
  private final @Nullable String callersSystem;
  private final Set<String> required;
  private final int maxRows;
  private final boolean isAskedAsIs;
  private final Thread watch;
  private volatile CrosswalkTable table;
  private volatile boolean isCurrent = true;
  private @Nullable Stamp stamp;

  private CrosswalkFile(Path file, CrosswalkSettings settings, Set<String> idSystems)
      throws IOException {
    this.file = file;
    this.callersSystem = settings.system();
    Set<String> others = new HashSet<>(idSystems);
    // Sources of the callers' system are asked by the callers' own ids.
    this.isAskedAsIs = callersSystem != null && others.remove(callersSystem);
    this.required = Set.copyOf(others);
    this.maxRows = settings.maxRows();
    this.stamp = Stamp.of(file);
    try {
      this.table = read();
    } catch (UnfitException e) {
      throw new IOException(said(e), e);
    }
    this.watch = Thread.ofVirtual().name("crosswalk").unstarted(() -> watch(settings.reload()));
  }

  static CrosswalkFile open(
      Path file, CrosswalkSettings settings, Set<String> idSystems, Metrics metrics)
      throws IOException {
    var crosswalk = new CrosswalkFile(file, settings, idSystems);
    metrics.watchCrosswalk(() -> crosswalk.isCurrent);
    LOG.info("{}: ids of {} patients", Safe.file(file), Safe.number(crosswalk.table.size()));
    crosswalk.watch.start();
    return crosswalk;
  }

  private String said(UnfitException e) {
    return file + ", " + e.getMessage();
  }

  private CrosswalkTable read() throws IOException, UnfitException {
    try (BufferedReader in = Files.newBufferedReader(file, UTF_8)) {
      return CrosswalkTable.read(in, required, maxRows);
    } catch (CharacterCodingException e) {
      throw new IOException(file + " is not UTF-8", e);
    }
  }

  private void watch(Duration every) {
    try {
      while (true) {
        Thread.sleep(every);
        refresh();
      }
    } catch (InterruptedException e) {
      // closed
    }
  }

  /** Reads the file again if it has changed since it was last looked at. */
  void refresh() {
    try {
      Stamp now = Stamp.of(file);
      if (now.equals(stamp)) {
        return;
      }
      stamp = now;
      table = read();
      isCurrent = true;
      LOG.info("{}: changed, ids of {} patients now", Safe.file(file), Safe.number(table.size()));
    } catch (UnfitException e) {
      keep(said(e));
    } catch (IOException e) {
      stamp = null; // it may come back as it was
      keep(file + " cannot be read");
    }
  }

  private void keep(String problem) {
    if (isCurrent) {
      LOG.error("{}; the table from before stays in use", Safe.words(problem));
    }
    isCurrent = false;
  }

  @Override
  public Optional<Resolution> known(PatientId id, @Nullable String idSystem) {
    return Optional.of(
        idSystem == null || idSystem.equals(callersSystem)
            ? new Resolution.Found(SourceId.same(id, idSystem))
            : table.resolve(id, idSystem));
  }

  @Override
  public Resolution ask(PatientId id, @Nullable String idSystem, Patience patience) {
    return known(id, idSystem).orElseThrow();
  }

  @Override
  public Holder holder(SearchedIdentifier identifier, Patience patience) {
    String value = identifier.value();
    @Nullable String system = identifier.system();
    boolean isOurs =
        system != null && (system.equals(callersSystem) || system.equals(PatientAuthor.ID));
    if (isOurs) {
      return PatientId.isLegal(value) ? new Holder.One(new PatientId(value)) : new Holder.Nobody();
    }
    Holder holder = system == null ? table.holder(value) : table.holder(value, system);
    if (system == null && holder instanceof Holder.Nobody && isAskedAsIs) {
      return new SameIds().holder(identifier, patience); // it takes no row to be known there
    }
    return holder instanceof Holder.Nobody && !isCurrent ? OUT_OF_DATE : holder;
  }

  boolean isCurrent() {
    return isCurrent;
  }

  @Override
  public void close() {
    watch.interrupt();
  }
}
