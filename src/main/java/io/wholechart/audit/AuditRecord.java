package io.wholechart.audit;

import static io.wholechart.audit.Wording.require;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the audit log keeps. Of an access, three records: what was about to be done, what came of
 * it, and whether the answer went out; the others tell of the log itself, so that a silence in it
 * is evidence.
 *
 * <p>Numbers of records are those of the journal; 0 stands for none.
 */
public sealed interface AuditRecord {
  int MOST_SOURCES = 200;

  /** When, and by which run of the process. */
  Stamp stamp();

  /** The same with another stamp. */
  AuditRecord stamped(Stamp other);

  /** Somebody asked, and the first source is about to be. */
  record Intent(Stamp stamp, AccessRequest request) implements AuditRecord {
    @Override
    public Intent stamped(Stamp other) {
      return new Intent(other, request);
    }

    @Override
    public String toString() {
      return "Intent[" + request + "]";
    }
  }

  /**
   * What a request came to, written before its answer leaves.
   *
   * @param intent the number of the intent; 0 where it was refused before there was one
   * @param sections how many entries of each section are in the answer
   * @param requests how many requests it stands for: 1, but for a summary of a flood that was shed
   * @param keptBack what of the chart was not shown, or only by breaking the glass
   */
  record Outcome(
      Stamp stamp,
      long intent,
      AccessRequest request,
      List<SourceAccess> sources,
      Map<String, Integer> sections,
      AnswerGiven answer,
      int requests,
      KeptBack keptBack)
      implements AuditRecord {
    /** One of which nothing was kept back. */
    public Outcome(
        Stamp stamp,
        long intent,
        AccessRequest request,
        List<SourceAccess> sources,
        Map<String, Integer> sections,
        AnswerGiven answer,
        int requests) {
      this(stamp, intent, request, sources, sections, answer, requests, KeptBack.NOTHING);
    }

    public Outcome {
      Wording.number("intent", intent);
      sources = List.copyOf(sources);
      require(sources.size() <= MOST_SOURCES, "sources", "are at most " + MOST_SOURCES);
      sections = Collections.unmodifiableMap(new LinkedHashMap<>(sections)); // in this order
      require(sections.size() <= 64, "sections", "are at most 64");
      for (var section : sections.entrySet()) {
        Wording.word("sections", section.getKey());
        Wording.number("sections", section.getValue());
      }
      require(requests >= 1, "requests", "are at least 1");
      require(
          requests == 1 || (request.patientId() == null && answer.digest() == null),
          "requests",
          "of several patients name none, nor one answer's digest");
    }

    /** One record for several requests that were answered alike, of which this is the first. */
    public Outcome summary(String summaryId, int summed) {
      return new Outcome(
          stamp, 0, request.summary(summaryId), List.of(), Map.of(), answer.undigested(), summed);
    }

    @Override
    public Outcome stamped(Stamp other) {
      return new Outcome(other, intent, request, sources, sections, answer, requests, keptBack);
    }

    @Override
    public String toString() {
      return "Outcome[" + request + "]"; // the rest says who is whose patient
    }
  }

  /**
   * How a response ended.
   *
   * @param of the number of the outcome
   * @param isDelivered whether all of it was handed to the network; what the caller's end made of
   *     it nobody here knows
   * @param bytes of the body, as far as they were handed over
   */
  record Ended(Stamp stamp, long of, boolean isDelivered, long bytes) implements AuditRecord {
    public Ended {
      Wording.number("of", of);
      Wording.number("bytes", bytes);
    }

    @Override
    public Ended stamped(Stamp other) {
      return new Ended(other, of, isDelivered, bytes);
    }
  }

  /**
   * The process ended between an intent and its outcome: written when the next one starts.
   *
   * @param of the number of the intent
   */
  record Interrupted(Stamp stamp, long of) implements AuditRecord {
    public Interrupted {
      Wording.number("of", of);
    }

    @Override
    public Interrupted stamped(Stamp other) {
      return new Interrupted(other, of);
    }
  }

  /**
   * What the service started with.
   *
   * @param version of the program
   * @param digest SHA-256 of the effective settings without their secrets
   */
  record Configured(Stamp stamp, String version, String digest) implements AuditRecord {
    public Configured {
      Wording.word("version", version);
      Wording.digest("digest", digest);
    }

    @Override
    public Configured stamped(Stamp other) {
      return new Configured(other, version, digest);
    }
  }

  /** Something became of the log or its writer: {@code started}, {@code stopped}, … */
  record Status(Stamp stamp, String event, String detail) implements AuditRecord {
    public Status {
      Wording.word("event", event);
      Wording.word("detail", detail);
    }

    @Override
    public Status stamped(Stamp other) {
      return new Status(other, event, detail);
    }
  }

  /**
   * The service is alive and can write.
   *
   * @param records how many there were since the last one
   */
  record Heartbeat(Stamp stamp, long records) implements AuditRecord {
    public Heartbeat {
      Wording.number("records", records);
    }

    @Override
    public Heartbeat stamped(Stamp other) {
      return new Heartbeat(other, records);
    }
  }

  /**
   * Accesses that could not be recorded when they happened.
   *
   * @param hashes of the contents that would have been written, the first of them in their order
   */
  record Gap(Stamp stamp, Instant from, Instant to, long count, List<String> hashes)
      implements AuditRecord {
    public static final int MOST_HASHES = 1000;

    public Gap {
      from = TimeText.kept("from", from);
      to = TimeText.kept("to", to);
      Wording.number("count", count);
      hashes = List.copyOf(hashes);
      require(hashes.size() <= MOST_HASHES, "hashes", "are at most " + MOST_HASHES);
      hashes.forEach(hash -> Wording.digest("hashes", hash));
    }

    @Override
    public Gap stamped(Stamp other) {
      return new Gap(other, from, to, count, hashes);
    }
  }

  /**
   * Somebody has looked at an emergency or break-glass access and is done with it.
   *
   * @param of the number of the outcome
   * @param note a person's words
   */
  record ReviewClosed(Stamp stamp, long of, String by, String note) implements AuditRecord {
    public ReviewClosed {
      Wording.number("of", of);
      Wording.name("by", by, 256);
      Wording.name("note", note, 2000);
    }

    @Override
    public ReviewClosed stamped(Stamp other) {
      return new ReviewClosed(other, of, by, note);
    }

    @Override
    public String toString() {
      return "ReviewClosed[of=" + of + "]"; // a note may name anybody
    }
  }
}
