package io.wholechart.identity;

import static io.wholechart.identity.Agreement.CLOSE;
import static io.wholechart.identity.Agreement.DIFFERENT;
import static io.wholechart.identity.Agreement.SAME;

import io.wholechart.patient.IdentityVerdict;
import java.util.Set;

/**
 * How what two payloads say of their patients goes together. The weights stand in the package's
 * page.
 *
 * @param numbers whether they share an identifier of one system besides the ids that were asked
 *     for, or have different ones of one system
 */
record Evidence(
    Agreement numbers, Agreement birthDate, Agreement family, Agreement given, Agreement sex) {
  private static final int SUSPECT = 2;
  private static final int MISMATCH = 3;

  /** Nothing to compare. */
  static final Evidence NONE =
      new Evidence(
          Agreement.UNKNOWN,
          Agreement.UNKNOWN,
          Agreement.UNKNOWN,
          Agreement.UNKNOWN,
          Agreement.UNKNOWN);

  IdentityVerdict verdict(Standing standing) {
    int doubt = doubt();
    return switch (standing) {
      case OTHER -> IdentityVerdict.MISMATCH;
      case FOREIGN -> doubt >= MISMATCH ? IdentityVerdict.MISMATCH : IdentityVerdict.SUSPECT;
      case BEARER -> doubted(doubt, IdentityVerdict.MATCH);
      case WEAK -> doubted(doubt, isWhole() ? IdentityVerdict.MATCH : IdentityVerdict.UNVERIFIED);
      case NAMELESS -> doubted(doubt, IdentityVerdict.UNVERIFIED); // a namesake is no proof
    };
  }

  private static IdentityVerdict doubted(int doubt, IdentityVerdict otherwise) {
    return doubt >= MISMATCH
        ? IdentityVerdict.MISMATCH
        : doubt >= SUSPECT ? IdentityVerdict.SUSPECT : otherwise;
  }

  int doubt() {
    int doubt = 0;
    doubt += birthDate == DIFFERENT ? 2 : birthDate == CLOSE ? 1 : 0;
    doubt += given == DIFFERENT ? 2 : given == CLOSE ? 1 : 0;
    doubt += family == DIFFERENT ? 1 : 0;
    doubt += sex == DIFFERENT ? 1 : 0;
    if (numbers == DIFFERENT) {
      doubt += birthDate.isAlike() && given.isAlike() ? 1 : 2;
    }
    return numbers == SAME ? doubt - 1 : doubt;
  }

  /** Whether all that a person is commonly known by is there and the same. */
  private boolean isWhole() {
    return birthDate == SAME && family == SAME && given == SAME && doubt() <= 0;
  }

  void addGrounds(Set<Ground> grounds) {
    add(numbers, Ground.IDENTIFIER, grounds);
    add(birthDate, Ground.BIRTH_DATE, grounds);
    add(family, Ground.FAMILY_NAME, grounds);
    add(given, Ground.GIVEN_NAME, grounds);
    add(sex, Ground.SEX, grounds);
  }

  private static void add(Agreement agreement, Ground ground, Set<Ground> grounds) {
    if (agreement == DIFFERENT || agreement == CLOSE) {
      grounds.add(ground);
    }
  }
}
