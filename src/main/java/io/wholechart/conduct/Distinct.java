package io.wholechart.conduct;

import io.wholechart.patient.PatientId;
import java.util.List;

/**
 * Counts different patients in windows that follow one another, and tells once a window that they
 * are too many.
 *
 * <p>It keeps 32 bits of each: two patients who have the same are counted as one, of hundreds not
 * one in a million. Windows that follow one another, and do not slide, let somebody see twice as
 * many about a border, and need no time for each patient.
 */
final class Distinct {
  private static final int FIRST_SIZE = 16; // of a power of two, as all

  private final int most;
  private final long window;
  private long began;
  private int[] hashes = new int[FIRST_SIZE]; // an open table; 0 is free
  private int count;

  Distinct(ConductSettings.Walk settings, long now) {
    this.most = settings.patients();
    this.window = settings.within().toNanos();
    this.began = now;
  }

  /** Whether these are the ones that are too many, where it was not so before. */
  boolean goesBeyond(List<PatientId> patients, long now) {
    if (now - began >= window) {
      began = now;
      count = 0;
      hashes = new int[FIRST_SIZE];
    }
    boolean wasBeyond = count > most;
    for (int i = 0; i < patients.size() && count <= most; i++) {
      add(patients.get(i).value().hashCode());
    }
    return !wasBeyond && count > most;
  }

  private void add(int hash) {
    if (2 * count >= hashes.length) {
      int[] before = hashes;
      hashes = new int[2 * before.length];
      for (int each : before) {
        if (each != 0) {
          hashes[place(each)] = each;
        }
      }
    }
    int kept = hash == 0 ? 1 : hash;
    int place = place(kept);
    if (hashes[place] == 0) {
      hashes[place] = kept;
      count++;
    }
  }

  /** Where it is, or would be. */
  private int place(int hash) {
    int mask = hashes.length - 1;
    int place = ((hash * 0x9E3779B9) >>> 7) & mask; // ids that differ in a digit lie apart
    while (hashes[place] != 0 && hashes[place] != hash) {
      place = (place + 1) & mask;
    }
    return place;
  }
}
