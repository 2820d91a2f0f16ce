package io.wholechart;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.context.support.IValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import ca.uhn.fhir.validation.ValidationOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.PrePopulatedValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.SnapshotGeneratingValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;
import org.hl7.fhir.utilities.npm.NpmPackage;

/** R4 as an independent validator knows it, with or without the profiles of a guide. */
final class Validators {
  private static final FhirContext R4 = FhirContext.forR4Cached();

  private Validators() {}

  static FhirValidator r4() {
    return validator(List.of());
  }

  /** With the packages of guides, each a {@code .tgz} as the registry of FHIR has them. */
  static FhirValidator with(Path... packages) throws IOException {
    List<IValidationSupport> guides = new ArrayList<>();
    for (Path guide : packages) {
      guides.add(profiles(guide));
    }
    return validator(guides);
  }

  /** What it finds that no conforming resource may have, each with its place. */
  static List<String> errors(FhirValidator validator, String resource, String... profiles) {
    var options = new ValidationOptions();
    for (String profile : profiles) {
      options.addProfile(profile);
    }
    return validator.validateWithResult(resource, options).getMessages().stream()
        .filter(m -> m.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .map(m -> m.getLocationString() + ": " + m.getMessage())
        .toList();
  }

  private static FhirValidator validator(List<IValidationSupport> guides) {
    var support = new ValidationSupportChain();
    guides.forEach(support::addValidationSupport);
    support.addValidationSupport(new DefaultProfileValidationSupport(R4));
    support.addValidationSupport(new CommonCodeSystemsTerminologyService(R4));
    support.addValidationSupport(new InMemoryTerminologyServerValidationSupport(R4));
    if (!guides.isEmpty()) {
      support.addValidationSupport(new SnapshotGeneratingValidationSupport(R4));
    }
    return R4.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
  }

  private static IValidationSupport profiles(Path guide) throws IOException {
    var profiles = new PrePopulatedValidationSupport(R4);
    try (InputStream in = Files.newInputStream(guide)) {
      NpmPackage unpacked = NpmPackage.fromPackage(in);
      for (String file : unpacked.getFolders().get("package").listFiles()) {
        if (file.matches("(StructureDefinition|ValueSet|CodeSystem)-.*\\.json")) {
          byte[] json = unpacked.getFolders().get("package").fetchFile(file);
          profiles.addResource(
              R4.newJsonParser().parseResource(new String(json, StandardCharsets.UTF_8)));
        }
      }
    }
    return profiles;
  }
}
