package io.wholechart.identity;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Charts;
import io.wholechart.Seed;
import io.wholechart.identity.Identity.Checked;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.Entry;
import io.wholechart.patient.Identifier;
import io.wholechart.patient.IdentityVerdict;
import io.wholechart.patient.ResourceBytes;
import io.wholechart.patient.ResourceFacts;
import io.wholechart.source.SourceReport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A hospital of three people whose records are mixed up at random: whatever is sent, nothing of
 * another patient comes through that could be told, and nothing is taken for the patient's that is
 * not.
 */
class IdentityPropertyTest {
  /** The first is the one who is asked for. */
  private static final int PEOPLE = 3;

  /** How an entry names its patient. */
  private enum Form {
    RELATIVE,
    VERSIONED,
    ABSOLUTE,
    ELSEWHERE,
    FULL_URL,
    NUMBER,
    // and those that nobody can resolve:
    UNKNOWN_UUID,
    CONTAINED,
    NOTHING;

    boolean canBeTold() {
      return compareTo(UNKNOWN_UUID) < 0;
    }
  }

  /** Whom an entry is about in truth. */
  private record Truth(int person, Form form) {}

  @Test
  void anotherPatientsDataNeverPasses() {
    int strangersWithheld = 0;
    int ownShown = 0;
    for (int round = 0; round < 5000; round++) {
      var hospital = new Hospital(Seed.random(round));
      List<SourceReport> reports = hospital.reports();
      List<Checked> checked = Identity.check(reports, SuspectRule.WITHHOLD);
      for (int s = 0; s < reports.size(); s++) {
        Checked after = checked.get(s);
        String as = Seed.describe(round) + ", source " + s;
        for (Entry entry : after.report().result().entries()) {
          Truth truth = hospital.truth(entry);
          if (truth.person() == 0) {
            ownShown++;
          } else {
            assertThat(entry.identity())
                .as("%s: %s", as, truth)
                .isNotEqualTo(IdentityVerdict.MATCH);
            assertThat(truth.form().canBeTold()).as("%s: %s", as, truth).isFalse();
            assertThat(after.mismatches()).as("%s: %s", as, truth).isZero();
          }
        }
        strangersWithheld += after.mismatches();
        assertAccounted(reports.get(s), after, as);
      }
    }
    assertThat(strangersWithheld).isGreaterThan(1000);
    assertThat(ownShown).isGreaterThan(1000);
  }

  @Test
  void whatIsThePatientsIsShownByEverySourceThatMixesNobodyUp() {
    int shown = 0;
    for (int round = 0; round < 2000; round++) {
      var hospital = new Hospital(Seed.random(round));
      hospital.people = 1;
      for (Checked checked : Identity.check(hospital.reports(), SuspectRule.WITHHOLD)) {
        assertThat(checked.mismatches()).as(Seed.describe(round)).isZero();
        shown += checked.report().result().entries().size();
      }
    }
    assertThat(shown).isGreaterThan(1000);
  }

  private static void assertAccounted(SourceReport before, Checked after, String as) {
    int sent = before.result().entries().size();
    int shown = after.report().result().entries().size();
    if (after.mismatches() == 0) {
      assertThat(shown).as(as).isEqualTo(sent);
      assertThat(after.report().result().isAnswered()).as(as).isTrue();
    } else {
      assertThat(shown).as(as).isLessThanOrEqualTo(sent - after.mismatches());
      assertThat(after.report().result().isAnswered()).as(as).isFalse();
      assertThat(after.report().result().status()).as(as).isEqualTo("identity-mismatch");
    }
  }

  private static final class Hospital {
    private final RandomGenerator random;
    private final Map<String, Truth> truths = new HashMap<>();
    private int people = PEOPLE;

    Hospital(RandomGenerator random) {
      this.random = random;
    }

    Truth truth(Entry entry) {
      return truths.get(entry.bytes().json());
    }

    List<SourceReport> reports() {
      // One source is always there that knows the patient's numbers.
      List<SourceReport> reports = new ArrayList<>(List.of(source("source-0", true)));
      for (int s = 1; s <= random.nextInt(3); s++) {
        reports.add(source("source-" + s, random.nextBoolean()));
      }
      return reports;
    }

    /**
     * @param usesAskedId whether it files the patient under the id that is asked for, or under one
     *     of its own and the asked one as a number
     */
    private SourceReport source(String name, boolean usesAskedId) {
      List<Entry> entries = new ArrayList<>();
      boolean sendsPatients = !usesAskedId || random.nextInt(4) > 0 || name.equals("source-0");
      for (int person = 0; sendsPatients && person < people; person++) {
        if (person == 0 || random.nextInt(4) == 0) {
          entries.add(patient(name, person, usesAskedId));
        }
      }
      for (int i = random.nextInt(8); i > 0; i--) {
        // Most of what is sent is right, so that there are sources without a mismatch as well.
        int person = random.nextInt(6) == 0 ? random.nextInt(people) : 0;
        entries.add(observation(name, person, usesAskedId, sendsPatients && person == 0));
      }
      return Charts.answered(name, entries.toArray(Entry[]::new));
    }

    private Entry patient(String source, int person, boolean usesAskedId) {
      List<Identifier> numbers = new ArrayList<>(List.of(number(person)));
      if (!usesAskedId) {
        numbers.add(new Identifier(null, "p-" + (person + 1)));
      }
      var demographics = new Demographics(numbers, List.of(), null, null);
      return entry(
          source,
          new Truth(person, Form.RELATIVE),
          facts(
              "Patient",
              id(source, person, usesAskedId),
              fullUrl(source, person),
              List.of(),
              List.of(),
              demographics));
    }

    private Entry observation(String source, int person, boolean usesAskedId, boolean isSent) {
      Form form = Form.values()[random.nextInt(Form.values().length)];
      if (form == Form.FULL_URL && !isSent) {
        form = Form.UNKNOWN_UUID; // the same text, and nobody to resolve it by
      }
      String id = id(source, person, usesAskedId);
      List<String> subjects =
          switch (form) {
            case RELATIVE -> List.of("Patient/" + id);
            case VERSIONED -> List.of("Patient/" + id + "/_history/" + random.nextInt(9));
            case ABSOLUTE -> List.of("http://" + source + "/fhir/Patient/" + id);
            case ELSEWHERE -> List.of("https://elsewhere/r4/Patient/" + id);
            case FULL_URL -> List.of(fullUrl(source, person));
            case UNKNOWN_UUID -> List.of("urn:uuid:" + random.nextLong());
            case CONTAINED -> List.of("#within");
            case NUMBER, NOTHING -> List.of();
          };
      List<Identifier> numbers = form == Form.NUMBER ? List.of(number(person)) : List.of();
      return entry(
          source,
          new Truth(person, form),
          facts("Observation", null, null, subjects, numbers, null));
    }

    private Entry entry(String source, Truth truth, ResourceFacts facts) {
      String name = "\"" + truths.size() + "\"";
      truths.put(name, truth);
      byte[] bytes = name.getBytes(UTF_8);
      return new Entry(
          source,
          new ResourceBytes(bytes, 0, bytes.length),
          facts,
          Instant.EPOCH,
          IdentityVerdict.UNVERIFIED);
    }

    private static String id(String source, int person, boolean usesAskedId) {
      return (usesAskedId ? "p-" : source + "-own-") + (person + 1);
    }

    private static Identifier number(int person) {
      return new Identifier("numbers", "n-" + person);
    }

    private static String fullUrl(String source, int person) {
      return "urn:uuid:" + source + "-" + person;
    }

    private static ResourceFacts facts(
        String type,
        @Nullable String id,
        @Nullable String fullUrl,
        List<String> subjects,
        List<Identifier> numbers,
        @Nullable Demographics demographics) {
      return new ResourceFacts(
          fullUrl,
          type,
          id,
          subjects,
          numbers,
          List.of(),
          List.of(),
          null,
          null,
          null,
          null,
          null,
          null,
          null,
          false,
          Set.of(),
          demographics);
    }
  }
}
