package io.wholechart.identity;

import io.wholechart.patient.Demographics;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.PersonName;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Holds what two payloads say of their patients against one another. Addresses are not looked at.
 */
final class Comparison {
  /** Nobody has more names or numbers, and a payload that says so must not cost more. */
  private static final int MOST = 16;

  private static final PersonName NO_NAME = new PersonName(null, null, false);

  private final Numbers numbers;

  Comparison(Numbers numbers) {
    this.numbers = numbers;
  }

  Evidence of(Demographics one, Demographics other) {
    Agreement shared = numbers(one.identifiers(), other.identifiers());
    Agreement birthDate = BirthDates.compare(one.birthDate(), other.birthDate());
    Agreement sex = sex(one.gender(), other.gender());
    Evidence best = of(first(one), first(other), shared, birthDate, sex);
    if (best.family() == Agreement.SAME && best.given() == Agreement.SAME) {
      return best;
    }
    for (PersonName a : most(one.names())) {
      for (PersonName b : most(other.names())) {
        Evidence next = of(a, b, shared, birthDate, sex);
        best = next.doubt() < best.doubt() ? next : best;
      }
    }
    return best;
  }

  private static Evidence of(
      PersonName a, PersonName b, Agreement shared, Agreement birthDate, Agreement sex) {
    Agreement family = Names.family(a.family(), b.family());
    Agreement given = Names.given(a.given(), b.given());
    if (family == Agreement.DIFFERENT && given == Agreement.DIFFERENT && isCrossed(a, b)) {
      return new Evidence(shared, birthDate, Agreement.SAME, Agreement.SAME, sex);
    }
    return new Evidence(shared, birthDate, family, given, sex);
  }

  /** Family and given name in each other's field. */
  private static boolean isCrossed(PersonName a, PersonName b) {
    return Names.family(a.family(), b.given()) == Agreement.SAME
        && Names.given(a.given(), b.family()) == Agreement.SAME;
  }

  private static PersonName first(Demographics of) {
    return of.names().isEmpty() ? NO_NAME : of.names().getFirst();
  }

  private static Agreement sex(@Nullable String one, @Nullable String other) {
    if (!isTelling(one) || !isTelling(other)) {
      return Agreement.UNKNOWN;
    }
    return Objects.equals(one, other) ? Agreement.SAME : Agreement.DIFFERENT;
  }

  private static boolean isTelling(@Nullable String gender) {
    return "male".equals(gender) || "female".equals(gender);
  }

  private Agreement numbers(List<Identifier> one, List<Identifier> other) {
    Agreement result = Agreement.UNKNOWN;
    for (Identifier a : most(one)) {
      for (Identifier b : most(other)) {
        if (a.system() != null && a.system().equals(b.system()) && !numbers.isAsked(a.value())) {
          if (a.value().equals(b.value())) {
            return Agreement.SAME;
          }
          result = Agreement.DIFFERENT;
        }
      }
    }
    return result;
  }

  private static <T> List<T> most(List<T> all) {
    return all.size() <= MOST ? all : all.subList(0, MOST);
  }
}
