/**
 * Who looked at whose chart, kept so that it can be shown years later: what is recorded and how it
 * is spelled. The journal below knows nothing of records, only that none is lost or changed.
 *
 * <p><b>An access is three records.</b> The {@code intent} is handed over before the first source
 * is asked, and its way to the disk is nobody's wait: the sources are slower. The {@code outcome}
 * is written when the answer's bytes are there, whose digest it holds; both are on disk before the
 * first of those bytes leaves. {@code ended} follows, whether all bytes were handed to the network
 * ({@code delivered}) or not ({@code aborted}); nothing waits for it, and where the journal has no
 * room for it, it is lost. One record after the fact would do for every answer that was given; but
 * then a crash would leave sources that were asked, and no trace of who had them asked. Such an
 * intent without its outcome gets its {@code interrupted} at the next start.
 *
 * <p>What is refused before anybody is asked is one outcome, {@code "intent":0}; shed requests of a
 * flood share one, with {@code requests} above one and nobody's name. A page that was kept is an
 * access as any other. In a batch each patient is one; the digest is that of the line before its
 * last member, {@code auditReceipt}, was added.
 *
 * <p>A record is the middle of a journal's line, ASCII, fields always in this order and, but for
 * the last ones of an outcome, always all there, no blanks between tokens; in strings only {@code
 * "} and {@code \} and what is not printable ASCII are escaped. So it has one spelling, and what is
 * spelled otherwise is no record.
 *
 * <pre>{@code
 * "kind":"…","at":"2026-01-31T08:15:00.000Z","mono":<ns of this run>,"run":"<8 hex digits>", and
 * intent:        REQUEST
 * outcome:       "intent":<seq>,REQUEST,"sources":[SOURCE,…],"sections":{"results":30,…},
 *                "httpStatus":200,"completeness":0.75 or null,"problem":"…" or null,
 *                "outcome":"0|4|8|12","digest":"<64 hex>" or null,"bytes":64000,"requests":1
 *                and, where there is any, "withheld":{"conditions":2,…}, and "lifted":3,
 *                "names":["ehr/Condition/c-1",…]
 * ended:         "of":<seq of the outcome>,"how":"delivered|aborted","bytes":64000
 * interrupted:   "of":<seq of the intent>
 * configured:    "version":"…","digest":"<of the effective settings>"
 * status:        "event":"…","detail":"…"
 * heartbeat:     "records":<since the last one>
 * gap:           "from":"…","to":"…","count":3,"hashes":["<64 hex>",…]
 * review-closed: "of":<seq of the outcome>,"by":"…","note":"…"
 *
 * REQUEST  "requestId":"…","traceId":"…" or null,
 *          "agent":{"issuer":…,"subject":…,"name":"…","roles":[…],"client":…,"tokenId":…,
 *                   "address":…},"patientId":"…" or null,"interaction":"…",
 *          "purpose":{"purposeOfUse":"TREAT|ETREAT|BTG|…","urgencyAsked":…,"urgencyGranted":…,
 *                     "reason":…}
 * SOURCE   {"source":"…","asked":…,"notContacted":…,"outcome":"…","httpStatus":…,"identity":…,
 *           "elapsedMs":41,"attempts":1,"entries":24,"bytes":5120,"digest":…}
 * }</pre>
 *
 * <p>{@code outcome} is that of FHIR's AuditEvent: 4 for what was served in part or refused for
 * what the caller did, 8 for what failed, 12 where the log or whose data it is could not be relied
 * on. {@code sections} counts what the answer was made of, {@code withheld} what was kept back of
 * what came; {@code names} are those that were shown only because the glass was broken, the first
 * 200 of them. A source's {@code digest} is SHA-256 of the body it sent; of several bodies, of the
 * digest so far followed by the next one's. {@code "spooled":true} at the end says that a record
 * was kept elsewhere while the journal could not be written. Of status events these are ours:
 * {@code started} ({@code clean}, {@code interrupted}), {@code stopped}, {@code clock-set} with by
 * how much. The order of records is that of their numbers, whatever the clock says; within a run
 * {@code mono} tells how long things took.
 *
 * <p><b>While the journal takes nothing</b> only emergencies are answered, by what was granted and
 * never by what was asked. Their records go to a spool: a file that was given its size beforehand,
 * so that a full disk does not take it along, with a chain of its own. When the journal goes on, it
 * first gets a {@code gap} that tells of those that no file has, then what is in the spool, in
 * order; what the journal has by then, since its disk only hung or a crash came in between, is
 * found by its content and not written again. A record refers to another by number, and one in the
 * spool has none of the journal's yet: it gets one of a range that no journal comes to, which is
 * replaced on the way. So an answer that was spooled has no receipt. An emergency waits for disks
 * 250 ms altogether, whichever of its records takes them. What no disk takes is counted in memory
 * and lost if the process ends before it can tell: that is what {@code emergencyPolicy: deny}
 * forbids.
 */
@NullMarked
package io.wholechart.audit;

import org.jspecify.annotations.NullMarked;
