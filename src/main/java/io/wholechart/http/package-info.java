/**
 * The two sockets: routes, the answer's JSON, problems, health. {@link
 * io.wholechart.http.PatientRoute} is one request from top to bottom. What a request may ask is
 * decided by {@link io.wholechart.http.PatientRequest}, what it gets by {@link
 * io.wholechart.http.Reply}; both are pure, so that the contract can be read and tested without a
 * socket. What its caller may see is decided in between by {@link io.wholechart.http.Permissions},
 * before anybody is asked about the patient. Whatever it is, {@link
 * io.wholechart.http.AuditedAnswers} has it recorded before it leaves.
 *
 * <p>Of {@code crosswalk} it knows whom an identifier was found to belong to, which a search
 * answers with; asking for it, with everything that is waited for, is {@code aggregate}'s.
 *
 * <p>The FHIR face is these routes' other language: what {@link io.wholechart.http.FhirFace} does
 * is true of all of them, and each {@link io.wholechart.http.FhirRoute} declares what it serves, so
 * that the CapabilityStatement cannot tell of anything else.
 */
@NullMarked
package io.wholechart.http;

import org.jspecify.annotations.NullMarked;
