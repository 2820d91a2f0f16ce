package io.wholechart.fhir;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.hl7.fhir.r4.model.ResourceType;
import org.junit.jupiter.api.Test;

/** The types are those that HAPI's model of R4 has, and no others. */
class ResourceTypesTest {
  @Test
  void areThoseOfR4() {
    List<String> all = Arrays.stream(ResourceType.values()).map(Enum::name).toList();

    assertThat(ResourceTypes.all()).containsExactlyInAnyOrderElementsOf(all);
    assertThat(ResourceTypes.contains("Allergy")).isFalse();
  }
}
