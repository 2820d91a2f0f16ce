package io.wholechart.metrics;

import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;

/**
 * Every meter of ours: its name, what it says and the keys of its tags.
 *
 * <p>Prometheus sees the names with underscores and the unit or {@code _total} behind them; what
 * dashboards and rules write is held against a real scrape, never against this list.
 */
enum Instrument {
  BUILD(
      "wholechart.build",
      "Always 1; the tags say which build runs on which Java",
      "version",
      "java"),
  HTTP_REQUEST(
      "http.server.request.duration",
      "Time from a request's headers to its answer",
      "http.request.method",
      "http.route",
      "http.response.status_code"),
  ACTIVE_REQUESTS("http.server.active_requests", "Requests being served"),
  CONNECTIONS("http.server.connections", "Open connections", "socket"),
  CONNECTIONS_CUT(
      "http.server.connections.cut", "Connections whose client kept them waiting", "stage"),
  DEADLINE("patient.deadline.seconds", "How long an answer may take, as configured", "urgency"),
  AGGREGATION("patient.aggregation.duration", "Time to gather and merge one chart", "urgency"),
  AGGREGATIONS(
      "patient.aggregations",
      "Gathered charts, by how whole they were and whether in time",
      "urgency",
      "completeness",
      "deadline"),
  SOURCE_FETCH(
      "source.fetch.duration", "Time that a source took, whatever came of it", "source", "outcome"),
  SOURCE_CALLS("source.calls.active", "Calls under way", "source"),
  SOURCE_READS("source.reads", "Reads by what they came to, retries included", "source", "outcome"),
  SOURCE_RETRIES("source.retries", "Calls that were made again", "source"),
  SOURCE_FAILOVERS(
      "source.failovers", "Calls that moved on to a replica, since another failed", "source"),
  SOURCE_HEDGES("source.hedges", "Calls to a second replica before the first answered", "source"),
  SOURCE_RATE_WAITS("source.rate.waits", "Calls that waited for their turn", "source"),
  SOURCE_BREAKER_OPEN(
      "source.breaker.open",
      "1 while a replica is not asked, or only on trial, else 0",
      "source",
      "replica"),
  IDENTITY_MISMATCHES(
      "identity.mismatches", "Entries withheld because they name another patient", "source"),
  IDENTITY_SUSPECTS(
      "identity.suspects", "Entries that may be another patient's, by what they say", "source"),
  ENTRIES_WITHHELD("entries.withheld", "Entries kept back by scope, label or deny list", "source"),
  DENY_LIST_CURRENT(
      "consent.deny_list.current", "1 while the deny list is what its file says, else 0"),
  BREAK_GLASS(
      "access.break_glass",
      "Requests that wished to break the glass, by what came of it",
      "outcome"),
  ACCESS_AUTHENTICATIONS(
      "access.authentications", "Requests by whether it is known who asks", "outcome"),
  CONDUCT_ALARMS("access.alarms", "Callers who asked for more than is usual", "alarm"),
  RATE_LIMITED("access.rate_limited", "Requests refused because their callers ask too often"),
  ADMISSION_IN_FLIGHT("admission.in_flight", "Requests that have a place", "lane"),
  ADMISSION_WAIT("admission.wait.duration", "Time that admitted requests waited", "lane"),
  ADMISSION_SHED("admission.shed", "Requests that were told to come again later", "lane"),
  ADMISSION_STARTS(
      "admission.starts.limit", "Requests that may start a second, by the adaptive limit"),
  ADMISSION_LAG("admission.lag.seconds", "How late threads that are ready get to run, smoothed"),
  CROSSWALK_LOOKUP(
      "crosswalk.lookup.duration",
      "Time until the cross-reference service said by which id a patient is known",
      "outcome"),
  CROSSWALK_CURRENT(
      "crosswalk.table.current", "1 while the table of ids is what its file says, else 0"),
  AUDIT_APPEND(
      "audit.append.duration", "Time that an answer waited for an audit record to be on disk"),
  AUDIT_FAILURES("audit.failures", "Audit records that could not be made durable"),
  AUDIT_OUTAGES("audit.outages", "Times in which the audit journal could not be written"),
  AUDIT_KEEPING("audit.keeping", "1 for where audit records go now, else 0", "place"),
  AUDIT_SPOOLED("audit.spooled", "Audit records of emergencies that went to the spool"),
  AUDIT_VOLATILE("audit.volatile", "Audit records of emergencies that were kept nowhere"),
  AUDIT_NOTES_LOST(
      "audit.notes.lost", "Audit records that nobody waits for, as how an answer ended, and lost"),
  AUDIT_QUEUE("audit.queue.depth", "Audit records that wait for the disk"),
  AUDIT_WRITABLE("audit.journal.writable", "1 while the audit journal can be written, else 0"),
  SHIPPING_AGE(
      "audit.shipping.oldest.age.seconds",
      "Age of the oldest record that a sink has not got",
      "sink"),
  SHIPPING_CHECKPOINT(
      "audit.shipping.checkpoint.records",
      "Records of the last signed checkpoint of which a sink has confirmed all",
      "sink"),
  SHIPPING_FAILURES("audit.shipping.failures", "Batches that a sink did not confirm", "sink"),
  SHIPPING_DIFFERENCES(
      "audit.shipping.differences",
      "Times that a sink held something else than the journal",
      "sink");

  private final String meterName;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // List.of, below
  private final List<String> tagKeys;

  Instrument(String meterName, String description, String... tagKeys) {
    this.meterName = meterName;
    this.description = description;
    this.tagKeys = List.of(tagKeys);
  }

  String meterName() {
    return meterName;
  }

  String description() {
    return description;
  }

  /** The tags with these values, in the order in which the keys are declared. */
  Tags tags(List<String> values) {
    if (values.size() != tagKeys.size()) {
      throw new IllegalArgumentException(meterName + " has the tags " + tagKeys);
    }
    var tags = new ArrayList<Tag>(values.size());
    for (int i = 0; i < values.size(); i++) {
      tags.add(Tag.of(tagKeys.get(i), values.get(i)));
    }
    return Tags.of(tags);
  }
}
