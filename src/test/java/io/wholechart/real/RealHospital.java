package io.wholechart.real;

import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import io.wholechart.real.Population.Synthetic;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The four sources, filled with the same patients: two of them real, two of them stubs. */
public final class RealHospital implements AutoCloseable {
  private final Deque<AutoCloseable> open = new ArrayDeque<>();
  private final Population population;
  private final Ehr ehr;
  private final Archive archive;
  private final StubHospital stubs;
  private final Imaging imaging;

  private RealHospital(Path folder) throws IOException, InterruptedException {
    try {
      population = Population.in(folder.resolve("patients"));
      stubs =
          closeable(
              StubHospital.start(
                  Stubs.write(folder.resolve("stubs"), patients()), Ports.dynamic()));
      var tools = new Unpacked(folder.resolve("imaging/root"));
      archive = closeable(Archive.start(tools, folder.resolve("imaging")));
      imaging = new Imaging(tools, archive, folder.resolve("imaging/instances"));
      imaging.store(patients());
      ehr = closeable(Ehr.start(folder.resolve("ehr"), population));
    } catch (Throwable e) {
      close();
      throw e;
    }
  }

  /**
   * Starts and fills all four. What takes long, making the patients and filling the EHR with them,
   * is done in the first run and found in the folder by the next.
   */
  public static RealHospital start(Path folder) throws IOException, InterruptedException {
    return new RealHospital(folder);
  }

  public List<Synthetic> patients() {
    return population.patients();
  }

  public Ehr ehr() {
    return ehr;
  }

  public Archive archive() {
    return archive;
  }

  /** Of whom only the laboratory and the pharmacy are these patients'. */
  public StubHospital stubs() {
    return stubs;
  }

  /** What the sources hold, asked past the service. */
  public Direct direct() {
    return new Direct(ehr, archive, stubs);
  }

  /** Stores a study whose patient's id is this text, or which has none. */
  public void storeStudy(@Nullable String patientId, int study)
      throws IOException, InterruptedException {
    imaging.store(patientId, new Person("Somebody", "Else", "1950-01-01", "male"), study, 0);
  }

  @Override
  public void close() throws IOException {
    while (!open.isEmpty()) {
      try {
        open.pop().close();
      } catch (Exception e) {
        Progress.say("could not be ended: " + e);
      }
    }
  }

  private <T extends AutoCloseable> T closeable(T closeable) {
    open.push(closeable);
    return closeable;
  }
}
