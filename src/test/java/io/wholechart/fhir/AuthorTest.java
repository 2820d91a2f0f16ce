package io.wholechart.fhir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.Seed;
import io.wholechart.fhir.LaboratoryReport.Effective;
import io.wholechart.fhir.LaboratoryReport.Form;
import io.wholechart.fhir.LaboratoryResult.ReferenceRange;
import io.wholechart.fhir.LaboratoryResult.Unit;
import io.wholechart.fhir.LaboratoryResult.Value;
import io.wholechart.patient.Coding;
import io.wholechart.patient.ResourceBytes;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What we write by hand against what HAPI writes, byte for byte. */
class AuthorTest {
  private static final int CASES = 3_000;
  private static final List<String> WORDS =
      List.of("Sodium", "Ärztin \"Ö\"", "a\\b", "line\nline", "𝛼", "\u0001tab\t", "<b>", "x");
  private static final List<String> TIMES =
      List.of(
          "2026",
          "2026-02",
          "2026-02-28",
          "2026-02-28T23:59:59Z",
          "2026-02-28T23:59:59.5+01:00",
          "2026-02-28T00:00:00.123456-11:30");
  private static final List<String> NUMBERS =
      List.of(
          "5", "5.10", "-0.5", "+7", ".25", "5.", "007", "1e3", "1E-20", "12345678901234567890");

  @Test
  void everyResourceIsWhatHapiWouldWrite() throws Exception {
    for (int i = 0; i < CASES; i++) {
      var drafts = new Drafts(Seed.random(i));
      var patient = drafts.patient();
      var result = drafts.result();
      var report = drafts.report();
      var study = drafts.study();
      var author = new Author(0);
      author.patient(patient);
      author.result(result);
      author.report(report);
      author.study(study);

      List<ResourceBytes> expected =
          List.of(
              HapiAuthor.patient(patient),
              HapiAuthor.result(result),
              HapiAuthor.report(report),
              HapiAuthor.study(study));
      List<Resource> written = author.resources();
      assertThat(written).hasSize(expected.size());
      for (int k = 0; k < expected.size(); k++) {
        assertThat(written.get(k).bytes().json())
            .as(Seed.describe(i))
            .isEqualTo(expected.get(k).json());
      }
    }
  }

  @Test
  void whatIsNotedOfAResourceIsWhatReadingItFinds() throws Exception {
    for (int i = 0; i < CASES; i++) {
      var drafts = new Drafts(Seed.random(i));
      var author = new Author(0);
      author.patient(drafts.patient());
      author.result(drafts.result());
      author.report(drafts.report());
      author.study(drafts.study());

      for (Resource written : author.resources()) {
        assertThat(PayloadReader.readResource(written.bytes()))
            .as(Seed.describe(i))
            .isEqualTo(written);
      }
    }
  }

  @Test
  void aResourceThatCannotBeWrittenLeavesNothingBehind() throws Exception {
    var drafts = new Drafts(Seed.random(0));
    var before = drafts.patient();
    var after = drafts.study();
    var author = new Author(0);
    author.patient(before);
    assertThatThrownBy(() -> author.result(drafts.result(new Value.Quantity("five", null, null))))
        .isInstanceOf(NumberFormatException.class);
    author.study(after);

    var whole = new Author(0);
    whole.patient(before);
    whole.study(after);
    assertThat(author.resources()).isEqualTo(whole.resources());
  }

  /** Everything that can be there or not, and every kind of value. */
  private record Drafts(RandomGenerator random) {
    LaboratoryPatient patient() {
      return new LaboratoryPatient(
          "p-" + random.nextInt(1000),
          some(this::identifier),
          maybe(this::word),
          some(this::word),
          maybe(() -> TIMES.get(random.nextInt(3))),
          maybe(() -> pick(List.of("male", "female", "other", "unknown"))));
    }

    LaboratoryResult result() {
      return result(value());
    }

    LaboratoryResult result(Value value) {
      return new LaboratoryResult(
          "o-" + random.nextInt(1000),
          maybe(this::patient),
          maybe(this::word),
          concept(),
          value,
          some(this::concept),
          maybe(() -> new ReferenceRange(word(), maybe(this::number), maybe(this::number), unit())),
          pick(List.of("final", "preliminary", "corrected", "entered-in-error", "unknown")),
          effective(),
          maybe(() -> pick(TIMES)),
          maybe(this::word),
          maybe(this::concept),
          some(this::word));
    }

    LaboratoryReport report() {
      return new LaboratoryReport(
          "r-" + random.nextInt(1000),
          maybe(this::patient),
          some(this::identifier),
          pick(List.of("final", "partial", "cancelled", "registered")),
          concept(),
          effective(),
          maybe(() -> pick(TIMES)),
          some(() -> "o-" + random.nextInt(1000)),
          maybe(this::word),
          some(() ->
              new Form(maybe(() -> "application/pdf"), pick(List.of("QQ==", "QUI", "QUJD")))));
    }

    ImagingStudyDraft study() {
      return new ImagingStudyDraft(
          "1.2." + random.nextInt(1000),
          maybe(this::identifier),
          null,
          maybe(this::word),
          some(() -> pick(List.of("CT", "MR", "US"))),
          maybe(() -> pick(TIMES)),
          maybe(this::word),
          maybe(this::word),
          maybe(() -> random.nextInt(100)),
          maybe(() -> random.nextInt(100)),
          pick(List.of("available", "unknown")));
    }

    private Value value() {
      return switch (random.nextInt(8)) {
        case 0 ->
            new Value.Quantity(number(), maybe(() -> pick(List.of("<", "<=", ">", ">="))), unit());
        case 1 -> new Value.Range(number(), number(), unit());
        case 2 -> new Value.Ratio(number(), number());
        case 3 -> new Value.Text(word());
        case 4 -> new Value.Coded(concept());
        case 5 -> new Value.DateTime(pick(TIMES));
        case 6 -> new Value.Time("08:15:00");
        default -> new Value.Absent("unknown");
      };
    }

    private Effective effective() {
      @Nullable String start = maybe(() -> pick(TIMES));
      return new Effective(start, start == null ? null : maybe(() -> pick(TIMES)));
    }

    private CodedText concept() {
      return new CodedText(
          some(() ->
              new CodedText.Named(
                  new Coding(maybe(() -> "http://loinc.org"), "c-1"), maybe(this::word))),
          word());
    }

    private NamedIdentifier identifier() {
      return new NamedIdentifier(
          word(), maybe(() -> "urn:oid:1.2"), maybe(() -> "MR"), maybe(this::word));
    }

    private @Nullable Unit unit() {
      return maybe(() -> new Unit("mmol/L", maybe(() -> "mmol/L")));
    }

    private String number() {
      return pick(NUMBERS);
    }

    private String word() {
      return pick(WORDS);
    }

    private <T> T pick(List<T> from) {
      return from.get(random.nextInt(from.size()));
    }

    private <T> @Nullable T maybe(Supplier<T> of) {
      return random.nextBoolean() ? of.get() : null;
    }

    private <T> List<T> some(Supplier<T> of) {
      return java.util.stream.Stream.generate(of).limit(random.nextInt(3)).toList();
    }
  }
}
