/**
 * Who asks, and what they may do: one {@link io.wholechart.access.Permit} for each request, decided
 * before anything of it is read. How a caller is found out is behind {@link
 * io.wholechart.access.Authenticator}; what a permit opens of a chart is decided elsewhere.
 *
 * <p>Of {@code patient} it knows the id of the one patient that a permit may be for.
 *
 * <p><b>Threats</b>, after STRIDE and with what harms a patient without anybody meaning to. Each
 * with what meets it and the test that holds it; or it is open.
 *
 * <pre>
 * spoofing     a forged, foreign or old token        issuer, key, algorithm, audience, time pinned    TokensIT
 *              somebody else's source                TLS, pinned trust, addresses after resolution    SourceTlsIT, SsrfIT
 *              who has no token, from afar           a socket that others reach is refused at start    CommandLineIT
 *              an issuer that is gone, with new keys keys kept for a while, fetched where unknown   RealIssuerIT
 * tampering    a log that was changed                chain, tree, signed checkpoints                  AuditMutationIT
 *              log and checkpoints changed by root   a second place for checkpoints, a store          PostgreSqlShippingIT
 *              requests smuggled past a proxy        one strict reading of HTTP                       SmugglingIT
 * repudiation  an access that nobody recorded        no answer before its record is on disk           KillsIT, AuditFailureIT
 *              a crash that takes the trace along    the intent before the first source is asked      SystemCallFaultsIT
 * disclosure   more than a caller's scopes, labels   decided before a source is asked, and by entry   WithheldIT, ConsentPropertyTest
 *              another patient's data from a source  identity of every entry, withheld where unsure   MixingIT
 *              values in logs, metrics, errors       types of what is logged, a canary in every test  canary/CanaryTest
 *              a hostile id as a path or a search    one alphabet, encoded where it goes              HostileInputIT
 *              who is let in and reads everybody     an alarm after so many patients, the audit log  ConductIT
 *              dumps, swap, a stolen disk            no dumps by default; encrypted segments          open: swap, memory
 * denial       floods and slow clients               lanes, bounds on everything, time for a request  FloodIT, SlowLorisIT
 *              one caller or nobody in a flood       so many a second of each, summaries in the log  ConductIT
 *              a source that hangs or lies           deadline, breaker, bulkhead, bounded bodies      ScenariosIT, FaultsIT
 * elevation    an emergency as a way around consent  urgency changes deadlines and lanes alone        EmergencyIT
 *              breaking the glass for everybody      own entitlement, one patient, reason, review     BreakGlassTest
 *              a caller's token at a source          it is never passed on                            open: by reading alone
 * safety       a silent source read as an empty one  states that cannot be mixed up                   ScenariosIT
 *              an access refused when it matters     emergencies have a lane; review comes after      EmergencyIT, FloodIT
 *              a machine that has the wrong time     order by number; bounded skew of tokens          StampsTest, TokensIT
 * </pre>
 *
 * <p>Not met, and meant so: an administrator of this machine who reads its memory, and a caller who
 * may see a chart and tells of it.
 */
@NullMarked
package io.wholechart.access;

import org.jspecify.annotations.NullMarked;
