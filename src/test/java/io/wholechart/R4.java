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

/** R4 as an independent validator knows it, by itself or with the profiles of a guide. */
final class R4 {
  private static final FhirContext CONTEXT = FhirContext.forR4Cached();

  private final FhirValidator validator;

  R4() {
    this(List.of());
  }

  private R4(List<IValidationSupport> guides) {
    var support = new ValidationSupportChain();
    guides.forEach(support::addValidationSupport);
    support.addValidationSupport(new DefaultProfileValidationSupport(CONTEXT));
    support.addValidationSupport(new InMemoryTerminologyServerValidationSupport(CONTEXT));
    support.addValidationSupport(new CommonCodeSystemsTerminologyService(CONTEXT));
    if (!guides.isEmpty()) {
      support.addValidationSupport(new SnapshotGeneratingValidationSupport(CONTEXT));
    }
    validator = CONTEXT.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
  }

  /** With a guide's package, a {@code .tgz} as the registry of FHIR has it. */
  static R4 with(Path guide) throws IOException {
    List<IValidationSupport> guides = new ArrayList<>();
    guides.add(profiles(guide));
    return new R4(guides);
  }

  /** What it objects to in a resource; JSON or XML. */
  List<String> errors(String resource, String... profiles) {
    var options = new ValidationOptions();
    for (String profile : profiles) {
      options.addProfile(profile);
    }
    return validator.validateWithResult(resource, options).getMessages().stream()
        .filter(m -> m.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .map(m -> m.getLocationString() + ": " + m.getMessage())
        .toList();
  }

  private static IValidationSupport profiles(Path guide) throws IOException {
    var profiles = new PrePopulatedValidationSupport(CONTEXT);
    try (InputStream in = Files.newInputStream(guide)) {
      var folder = NpmPackage.fromPackage(in).getFolders().get("package");
      for (String file : folder.listFiles()) {
        if (file.matches("(StructureDefinition|ValueSet|CodeSystem)-.*\\.json")) {
          String json = new String(folder.fetchFile(file), StandardCharsets.UTF_8);
          profiles.addResource(CONTEXT.newJsonParser().parseResource(json));
        }
      }
    }
    return profiles;
  }
}
