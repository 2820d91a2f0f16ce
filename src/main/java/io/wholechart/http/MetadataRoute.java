package io.wholechart.http;

import io.wholechart.fhir.Capability;
import io.wholechart.fhir.CapabilityStatementJson;
import io.wholechart.http.FhirRoute.Request;
import io.wholechart.http.FhirRoute.Served;
import io.wholechart.http.Problem.Kind;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** {@code GET /fhir/metadata}: what the routes say of themselves. */
final class MetadataRoute {
  static final String PATH = "/fhir/metadata";

  private static final Access ABOUT_NOBODY = Access.unbegun("capabilities", null, null);

  private final List<Capability> capabilities;
  private final Instant since;

  /**
   * @param others all other routes of the face
   * @param since when this service began to offer that
   */
  MetadataRoute(List<FhirRoute> others, Instant since) {
    this.capabilities = others.stream().flatMap(r -> r.capabilities().stream()).toList();
    this.since = since;
  }

  FhirRoute route() {
    return new FhirRoute(PATH, List.of("GET"), List.of(), this::serve);
  }

  private Served serve(Request request, Exchange exchange) {
    if (!request.parameters().isEmpty()) {
      return Served.refused(
          Problem.of(Kind.BAD_PARAMETER, "the only parameter is _format"), ABOUT_NOBODY);
    }
    byte[] json =
        CapabilityStatementJson.write(
            request.base(),
            since.toString(),
            version(),
            Arrays.stream(FhirFormat.values()).map(FhirFormat::mediaType).toList(),
            capabilities);
    return new Served(new FhirReply.Conformance(Body.of(json)), ABOUT_NOBODY);
  }

  // The jar's manifest knows; class files outside a jar have none.
  private static String version() {
    return Objects.requireNonNullElse(
        MetadataRoute.class.getPackage().getImplementationVersion(), "development");
  }
}
