package io.wholechart.hl7v2;

import io.wholechart.fhir.Resource;
import io.wholechart.hl7v2.Hl7v2Reading.Refusal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a body of one or many messages, in batch envelopes or without. */
public final class Hl7v2Reader {
  private static final int MANY = 1_000_000;

  /** Reads a body of our own, or of a test; never throws. */
  public Hl7v2Reading read(byte[] body, @Nullable Charset transport) {
    return read(body, transport, MANY);
  }

  /**
   * Reads a body; never throws.
   *
   * @param transport the character set that the transport names, if it does
   * @param maxSegments how many lines there may be
   */
  public Hl7v2Reading read(byte[] body, @Nullable Charset transport, int maxSegments) {
    // One character a byte, so that segments can be told apart before the character set is known.
    var split = MessageSplitter.split(new String(body, StandardCharsets.ISO_8859_1), maxSegments);
    if (split.isTooLong()) {
      return new Hl7v2Reading.TooMany();
    }
    if (!split.isHl7()) {
      return new Hl7v2Reading.Unreadable();
    }
    List<Resource> resources = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>(Collections.nCopies(split.cutOff(), Refusal.CUT_OFF));
    int results = 0;
    int lost = 0;
    Optional<Instant> asOf = Optional.empty();
    for (List<String> lines : split.messages()) {
      switch (read(lines, transport)) {
        case Outcome.Refused(Refusal refusal) -> refusals.add(refusal);
        case Outcome.Mapped(OruMapper mapped, Optional<Instant> made) -> {
          resources.addAll(mapped.resources());
          results += mapped.results();
          lost += mapped.lost();
          asOf = later(asOf, made);
        }
      }
    }
    int messages = split.messages().size() + split.cutOff();
    return new Hl7v2Reading.Read(resources, messages, refusals, results, lost, asOf);
  }

  private sealed interface Outcome {
    record Mapped(OruMapper mapper, Optional<Instant> made) implements Outcome {}

    record Refused(Refusal why) implements Outcome {}
  }

  private static Outcome read(List<String> lines, @Nullable Charset transport) {
    Optional<MessageHeader> header = MessageHeader.of(lines.getFirst());
    if (header.isEmpty()) {
      return new Outcome.Refused(Refusal.NO_HEADER);
    }
    if (!header.get().isResult()) {
      return new Outcome.Refused(Refusal.NOT_A_RESULT);
    }
    Optional<List<String>> decoded = CharacterSets.decode(lines, header.get(), transport);
    if (decoded.isEmpty()) {
      return new Outcome.Refused(Refusal.UNDECODABLE);
    }
    try {
      List<String> segments = decoded.get();
      int length = segments.stream().mapToInt(String::length).sum();
      var mapper = new OruMapper(header.get(), length);
      segments.stream().skip(1).forEach(mapper::take);
      mapper.end();
      return new Outcome.Mapped(mapper, header.get().made().flatMap(Hl7Times::instant));
    } catch (RuntimeException e) {
      return new Outcome.Refused(Refusal.DAMAGED); // one message does not take the others along
    }
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
  }
}
