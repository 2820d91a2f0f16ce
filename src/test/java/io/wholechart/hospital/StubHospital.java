package io.wholechart.hospital;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Four source systems that can be made ill one by one, and a control socket to do so from outside.
 */
public final class StubHospital implements AutoCloseable {
  private final Map<String, Department> departments = new LinkedHashMap<>();
  private @Nullable ControlSocket control;

  private StubHospital() {}

  /**
   * Opens all four departments and the control socket, or none.
   *
   * @throws HospitalFailure when a stub cannot be read or a port is taken
   */
  public static StubHospital start(Path stubs, Ports ports) {
    StubHospital hospital = new StubHospital();
    try {
      ports
          .bySource()
          .forEach((source, port) ->
              hospital.departments.put(
                  source, Department.open(source, stubs.resolve(source), ports.host(), port)));
      hospital.control = ControlSocket.open(ports.control(), hospital);
      return hospital;
    } catch (RuntimeException e) {
      hospital.close();
      throw e;
    }
  }

  /** The origin of a source, without a slash at the end. */
  public String url(String source) {
    return department(source).url();
  }

  public int port(String source) {
    return department(source).port();
  }

  /** The origin of the control socket. */
  public String controlUrl() {
    if (control == null) {
      throw new IllegalStateException("the hospital is not open");
    }
    return control.url();
  }

  /** Makes one source ill; an earlier outage of it ends. */
  public void outage(String source, Outage outage) {
    department(source).suffer(outage);
  }

  /** What ails a source, if anything. */
  public Optional<Outage> outage(String source) {
    return department(source).outage();
  }

  public void heal() {
    departments.values().forEach(Department::heal);
  }

  public void heal(String source) {
    department(source).heal();
  }

  @Override
  public void close() {
    if (control != null) {
      control.close();
    }
    departments.values().forEach(Department::close);
  }

  private Department department(String source) {
    Department department = departments.get(source);
    if (department == null) {
      throw new IllegalArgumentException(
          "no source is named " + source + "; there are " + String.join(", ", Ports.SOURCES));
    }
    return department;
  }

  public static void main(String[] arguments) {
    System.exit(CommandLine.run(arguments, System.in, System.out, System.err));
  }
}
