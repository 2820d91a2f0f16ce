package io.wholechart;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import io.wholechart.log.Safe;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.StructuredTaskScope;
import java.util.function.LongSupplier;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/**
 * Which room may know which. Each rule is also shown a place where what it forbids is done, so that
 * a rule that has gone blind fails.
 */
class ArchitectureTest {
  private static final String ROOT = "io.wholechart";

  /** The program without its tests and without the stub hospital, which is test code. */
  private static final JavaClasses PROGRAM =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(ROOT);

  /**
   * Every arrow there is, and none that is not: what is drawn here and no longer used goes away.
   *
   * <p>{@code config} looks down on the features because each owns its settings record. {@code
   * metrics} stands below whoever counts. {@code hl7v2} and {@code dicom} are readers of one format
   * each, which {@code source} calls. {@code crosswalk} asks over what {@code source} shows it of
   * its own. {@code http} knows {@code source} for its reports, which the answer tells of, and
   * {@code crosswalk} for whom a search found, and nothing in them that calls anybody.
   */
  private static final String ARROWS =
      """
      access -> patient
      admission -> metrics, patient
      aggregate -> completeness, consent, crosswalk, identity, log, merge, metrics, patient, source
      audit -> journal, log, metrics, patient, shipping
      completeness -> patient, source
      conduct -> access, patient
      config -> access, admission, aggregate, audit, conduct, crosswalk, denylist, http, patient, shipping, source, tls, token
      consent -> patient, source
      crosswalk -> fhir, log, metrics, patient, source
      denylist -> consent, log, metrics
      dicom -> fhir, patient
      disclosure -> audit, fhir, journal, patient
      fhir -> patient
      hl7v2 -> fhir, patient
      http -> access, admission, aggregate, audit, completeness, conduct, consent, crosswalk, disclosure, fhir, log, metrics, patient, source, summary, tls
      identity -> patient, source
      journal -> log
      log ->
      merge -> patient
      metrics -> patient
      patient ->
      shipping -> journal, log, metrics
      source -> dicom, fhir, hl7v2, log, metrics, patient, tls
      summary -> completeness, fhir, patient, source
      tls -> log
      token -> access, patient, source
      """;

  private static final String[] PURE = {
    "patient", "identity", "consent", "merge", "completeness", "summary"
  };

  @Test
  void theArrowsAreThese() {
    assertThat(arrows(PROGRAM)).isEqualTo(ARROWS);
  }

  @Test
  void nobodySeesTheAssembly() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".*..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT)
        .allowEmptyShould(false)
        .check(PROGRAM);
    assertCanFail(
        noClasses()
            .that()
            .resideInAPackage(ROOT)
            .should()
            .dependOnClassesThat()
            .resideInAPackage(ROOT));
  }

  @Test
  void roomsStandInNoCircle() {
    slices().matching(ROOT + ".(*)..").should().beFreeOfCycles().check(PROGRAM);
    assertCanFail(slices().assignedFrom(EACH_CLASS_A_ROOM).should().beFreeOfCycles());
  }

  /** What may be in a line is a type of its own there; past it, anything could be. */
  @Test
  void onlyTheLogNamesALoggingLibrary() {
    var libraries = resideInAnyPackage("org.slf4j..", "java.util.logging..", "ch.qos.logback..");
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".log")
        .should()
        .dependOnClassesThat(libraries.or(type(System.Logger.class)))
        .allowEmptyShould(false)
        .check(PROGRAM);
    assertCanFail(noClasses().should().dependOnClassesThat(libraries));
  }

  /** Its constructors say where a value is from, except for this one, which believes its caller. */
  @Test
  void wordsForTheLogAreMadeWhereTheyWereLookedAt() {
    assertThat(
            PROGRAM.stream()
                .flatMap(type -> type.getAccessesFromSelf().stream())
                .filter(access -> access.getTargetOwner().isEquivalentTo(Safe.class))
                .filter(access -> access.getName().equals("words"))
                .map(access -> access.getOriginOwner().getSimpleName()))
        .containsOnly(
            "DenyList", // a line's number, and what is wrong with it
            "CrosswalkFile", // the same
            "Shipper"); // a sink's reply, whose text is ours, or a code
  }

  @Test
  void onlyTheFanOutBoundsThreadsInAScope() {
    var scope = belongToAnyOf(StructuredTaskScope.class);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(ROOT + ".aggregate.FanOut")
        .should()
        .dependOnClassesThat(scope)
        .allowEmptyShould(false)
        .check(PROGRAM);
    assertCanFail(noClasses().should().dependOnClassesThat(scope));
  }

  @Test
  void onlyFhirNamesHapisFhirTypes() {
    assertNamedOnlyBy(Set.of("fhir"), "ca.uhn.fhir..");
    assertNamedOnlyBy(Set.of(), "org.hl7.fhir.."); // what it parses goes straight to the encoder
  }

  /** Whoever else named them would load them at every start. */
  @Test
  void onlyWritingXmlNeedsHapisModel() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + "..")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".fhir.XmlFormat")
        .and()
        .doNotHaveFullyQualifiedName(ROOT + ".fhir.XmlFormat$Lazy")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("ca.uhn.fhir..", "org.hl7.fhir..")
        .allowEmptyShould(false)
        .check(PROGRAM);
  }

  @Test
  void onlyHl7v2NamesHapisMessageTypes() {
    assertNamedOnlyBy(Set.of("hl7v2"), "ca.uhn.hl7v2..");
  }

  /**
   * So there is no entity to expand and no document type to fetch in what a source or a caller
   * sends. Of the two libraries that could, one is held to its escapes, and the other reads its own
   * table of units, once, from its own jar.
   */
  @Test
  void nobodyParsesXml() {
    String[] parsers = {
      "javax.xml..",
      "org.xml..",
      "org.w3c.dom..",
      "org.xmlpull..",
      "com.fasterxml.jackson.dataformat.xml.."
    };
    var rule = noClasses().should().dependOnClassesThat().resideInAnyPackage(parsers);
    rule.check(PROGRAM);
    assertThat(rule.evaluate(new ClassFileImporter().importClasses(WithXml.class)).hasViolation())
        .isTrue();
    assertThat(accessed("ca.uhn.hl7v2."))
        .containsOnly(
            "DefaultEscaping.<init>",
            "Escaping.unescape",
            "EncodingCharacters.<init>",
            "EncodingCharacters.getComponentSeparator",
            "EncodingCharacters.getEscapeCharacter",
            "EncodingCharacters.getFieldSeparator",
            "EncodingCharacters.getRepetitionSeparator",
            "EncodingCharacters.getSubcomponentSeparator");
    assertThat(accessed("org.fhir.ucum."))
        .containsOnly("UcumEssenceService.<init>", "UcumService.validate");
  }

  private record WithXml(javax.xml.parsers.DocumentBuilderFactory factory) {}

  private static Set<String> accessed(String library) {
    return PROGRAM.stream()
        .flatMap(type -> type.getAccessesFromSelf().stream())
        .filter(access -> access.getTargetOwner().getName().startsWith(library))
        .map(access -> access.getTargetOwner().getSimpleName() + "." + access.getName())
        .collect(toCollection(TreeSet::new));
  }

  @Test
  void onlyTheEdgesNameHelidon() {
    assertNamedOnlyBy(Set.of("http", "source"), "io.helidon..");
  }

  @Test
  void onlyMetricsNamesMicrometer() {
    assertNamedOnlyBy(Set.of("metrics"), "io.micrometer..");
  }

  /** So neither is loaded where nothing is shipped. */
  @Test
  void onlyShippingNamesTheDriversOfSinks() {
    assertNamedOnlyBy(Set.of("shipping"), "org.postgresql..", "org.apache.kafka..");
  }

  @Test
  void whatDecidesHasNoClock() {
    readsNoClock(PURE).check(PROGRAM);
    assertCanFail(readsNoClock("aggregate")); // System.nanoTime
    assertCanFail(readsNoClock("http")); // Instant.now
    assertCanFail(readsNoClock("source")); // an InstantSource
    assertThat(new ClassFileImporter().importClass(ByReference.class).getAccessesFromSelf())
        .as("a method reference is an access")
        .anyMatch(access -> isClock(access.getTargetOwner().getName(), access.getName()));
  }

  @Test
  void whatDecidesTouchesNoFileAndNoSocket() {
    doesNoInputOrOutput(PURE).check(PROGRAM);
    assertCanFail(doesNoInputOrOutput("audit"));
  }

  @Test
  void whatDecidesWritesNoLog() {
    writesNoLog(PURE).check(PROGRAM);
    writesNoLog("fhir", "hl7v2", "dicom").check(PROGRAM); // they hold a patient's text in hand
    assertCanFail(writesNoLog("aggregate"));
  }

  @Test
  void everyRoomIsNullMarked() {
    assertThat(unmarked(PROGRAM)).isEmpty();
    assertThat(unmarked(new ClassFileImporter().importClasses(String.class)))
        .containsExactly("java.lang");
  }

  private static final class ByReference {
    final LongSupplier ticker = System::nanoTime;
  }

  private static void assertNamedOnlyBy(Set<String> rooms, String... packages) {
    noClasses()
        .that()
        .resideOutsideOfPackages(in(rooms.toArray(String[]::new)))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(packages)
        .allowEmptyShould(false)
        .check(PROGRAM);
    for (String room : rooms) {
      for (String named : packages) {
        assertCanFail(
            noClasses()
                .that()
                .resideInAPackage(in(room)[0])
                .should()
                .dependOnClassesThat()
                .resideInAPackage(named));
      }
    }
  }

  /** Calls and method references alike. */
  private static ArchRule readsNoClock(String... rooms) {
    return noClasses()
        .that()
        .resideInAnyPackage(in(rooms))
        .should()
        .accessTargetWhere(
            DescribedPredicate.describe(
                "the time of day or of the process is read",
                access -> isClock(access.getTargetOwner().getName(), access.getName())))
        .orShould()
        .dependOnClassesThat(type(Clock.class).or(type(InstantSource.class)))
        .allowEmptyShould(false);
  }

  private static boolean isClock(String owner, String method) {
    return switch (method) {
      case "now" -> owner.startsWith("java.time.");
      case "nanoTime", "currentTimeMillis" -> owner.equals("java.lang.System");
      default -> false;
    };
  }

  /** Writing to a stream that was handed in is the caller's doing: a resource's bytes do that. */
  private static ArchRule doesNoInputOrOutput(String... rooms) {
    var handedIn = type(OutputStream.class).or(type(IOException.class));
    return noClasses()
        .that()
        .resideInAnyPackage(in(rooms))
        .should()
        .dependOnClassesThat(
            resideInAnyPackage("java.io", "java.nio.file..", "java.nio.channels..", "java.net..")
                .and(DescribedPredicate.not(handedIn)))
        .allowEmptyShould(false);
  }

  private static ArchRule writesNoLog(String... rooms) {
    return noClasses()
        .that()
        .resideInAnyPackage(in(rooms))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.slf4j..", "java.util.logging..", ROOT + ".log..")
        .orShould()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .allowEmptyShould(false);
  }

  private static void assertCanFail(ArchRule rule) {
    assertThat(rule.evaluate(PROGRAM).hasViolation()).as("seen: %s", rule).isTrue();
  }

  private static String[] in(String... rooms) {
    return Arrays.stream(rooms).map(room -> ROOT + "." + room + "..").toArray(String[]::new);
  }

  private static String arrows(JavaClasses classes) {
    Map<String, Set<String>> arrows = new TreeMap<>();
    for (JavaClass from : classes) {
      String room = room(from);
      if (!room.isEmpty()) {
        Set<String> known = arrows.computeIfAbsent(room, _ -> new TreeSet<>());
        from.getDirectDependenciesFromSelf().stream()
            .map(dependency -> room(dependency.getTargetClass().getBaseComponentType()))
            .filter(to -> !to.isEmpty() && !to.equals(room))
            .forEach(known::add);
      }
    }
    return arrows.entrySet().stream()
        .map(arrow -> (arrow.getKey() + " -> " + String.join(", ", arrow.getValue())).strip())
        .collect(joining("\n", "", "\n"));
  }

  /** The room's name; empty for the assembly and for what is not ours. */
  private static String room(JavaClass type) {
    String name = type.getPackageName();
    return name.startsWith(ROOT + ".") ? name.substring(ROOT.length() + 1).split("\\.")[0] : "";
  }

  private static Set<String> unmarked(JavaClasses classes) {
    return classes.stream()
        .map(JavaClass::getPackage)
        .distinct()
        .filter(room -> !room.isAnnotatedWith(NullMarked.class))
        .map(JavaPackage::getName)
        .collect(toCollection(TreeSet::new));
  }

  private static final SliceAssignment EACH_CLASS_A_ROOM =
      new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass type) {
          return SliceIdentifier.of(type.getName());
        }

        @Override
        public String getDescription() {
          return "each class a room of its own";
        }
      };
}
