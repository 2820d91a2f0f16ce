package io.wholechart.http;

import io.wholechart.fhir.Capability;
import java.util.List;
import java.util.Map;

/**
 * One thing that the FHIR face offers. The server's routes and the CapabilityStatement are made of
 * the same ones, so that neither can tell of what the other does not know.
 *
 * @param methods the HTTP methods that are served
 * @param capabilities what the CapabilityStatement says of it; nothing of {@code metadata} itself
 */
record FhirRoute(
    String path, List<String> methods, List<Capability> capabilities, Handler handler) {
  FhirRoute {
    methods = List.copyOf(methods);
    capabilities = List.copyOf(capabilities);
  }

  /** Serves a request whose format is agreed upon. */
  interface Handler {
    Served serve(Request request, Exchange exchange);
  }

  /**
   * What is asked.
   *
   * @param base the service's base URL, as the caller sees it
   * @param id the {@code {id}} of the path, of any form; empty where the path has none
   * @param parameters of the query, the urgency's header and a Parameters resource, without those
   *     that are about the format
   */
  record Request(String base, String id, Map<String, List<String>> parameters) {}

  /** What became of a request, for the answer and for the record of it. */
  record Served(FhirReply reply, Access access) {
    static Served refused(Problem problem, Access access) {
      return new Served(new FhirReply.Failed(problem), access);
    }
  }
}
