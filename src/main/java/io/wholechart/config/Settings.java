package io.wholechart.config;

import io.wholechart.access.AccessSettings;
import io.wholechart.admission.AdmissionSettings;
import io.wholechart.aggregate.DeadlineSettings;
import io.wholechart.aggregate.IdentitySettings;
import io.wholechart.audit.AuditSettings;
import io.wholechart.conduct.ConductSettings;
import io.wholechart.denylist.ConsentSettings;
import io.wholechart.http.BatchSettings;
import io.wholechart.http.EdgeSettings;
import io.wholechart.http.FhirSettings;
import io.wholechart.http.SocketSettings;
import io.wholechart.source.SourceSettings;
import io.wholechart.token.IssuerSettings;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** The whole configuration: one record a feature, each owned by its feature. */
public record Settings(
    SocketSettings server,
    SocketSettings admin,
    EdgeSettings edge,
    AccessSettings access,
    Map<String, IssuerSettings> issuers,
    DeadlineSettings deadline,
    IdentitySettings identity,
    ConsentSettings consent,
    ConductSettings conduct,
    AdmissionSettings admission,
    BatchSettings batch,
    AuditSettings audit,
    FhirSettings fhir,
    Map<String, SourceSettings> sources) {
  public Settings {
    issuers = Collections.unmodifiableMap(new LinkedHashMap<>(issuers));
    sources = Collections.unmodifiableMap(new LinkedHashMap<>(sources)); // order is the file's
  }
}
