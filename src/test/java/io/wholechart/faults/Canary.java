package io.wholechart.faults;

/** Text of a source's that must not come out anywhere: another one for each source and patient. */
public final class Canary {
  private Canary() {}

  public static String of(String source, PatientMark patient) {
    return "canary" + source + patient.number() + "yranac";
  }
}
