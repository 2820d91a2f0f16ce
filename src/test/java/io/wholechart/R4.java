package io.wholechart;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.context.support.DefaultProfileValidationSupport;
import ca.uhn.fhir.validation.FhirValidator;
import ca.uhn.fhir.validation.ResultSeverityEnum;
import java.util.List;
import org.hl7.fhir.common.hapi.validation.support.CommonCodeSystemsTerminologyService;
import org.hl7.fhir.common.hapi.validation.support.InMemoryTerminologyServerValidationSupport;
import org.hl7.fhir.common.hapi.validation.support.ValidationSupportChain;
import org.hl7.fhir.common.hapi.validation.validator.FhirInstanceValidator;

/** R4 as an independent validator knows it. */
final class R4 {
  private final FhirValidator validator;

  R4() {
    FhirContext r4 = FhirContext.forR4Cached();
    var support =
        new ValidationSupportChain(
            new DefaultProfileValidationSupport(r4),
            new InMemoryTerminologyServerValidationSupport(r4),
            new CommonCodeSystemsTerminologyService(r4));
    validator = r4.newValidator().registerValidatorModule(new FhirInstanceValidator(support));
  }

  /** What it objects to in a resource; JSON or XML. */
  List<String> errors(String resource) {
    return validator.validateWithResult(resource).getMessages().stream()
        .filter(m -> m.getSeverity().compareTo(ResultSeverityEnum.ERROR) >= 0)
        .map(m -> m.getLocationString() + ": " + m.getMessage())
        .toList();
  }
}
