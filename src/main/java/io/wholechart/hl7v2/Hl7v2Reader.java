package io.wholechart.hl7v2;

import io.wholechart.hl7v2.Hl7v2Reading.Refusal;
import io.wholechart.patient.ResourceBytes;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a body of one or many messages, in batch envelopes or without. */
public final class Hl7v2Reader {
  private static final Pattern ENVELOPE = Pattern.compile("(FHS|BHS|BTS|FTS)\\W.*", Pattern.DOTALL);
  private static final Pattern SEGMENT =
      Pattern.compile("[A-Z][A-Z0-9]{2}(\\W.*)?", Pattern.DOTALL);

  /**
   * Reads a body; never throws.
   *
   * @param transport the character set that the transport names, if it does
   */
  public Hl7v2Reading read(byte[] body, @Nullable Charset transport) {
    // One character a byte, so that segments can be told apart before the character set is known.
    String text = new String(body, StandardCharsets.ISO_8859_1);
    List<List<String>> messages = new ArrayList<>();
    boolean isHl7 = split(text, messages);
    if (!isHl7) {
      return new Hl7v2Reading.Unreadable();
    }
    List<ResourceBytes> resources = new ArrayList<>();
    List<Refusal> refusals = new ArrayList<>();
    int results = 0;
    int lost = 0;
    Optional<Instant> asOf = Optional.empty();
    for (List<String> lines : messages) {
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
    return new Hl7v2Reading.Read(resources, messages.size(), refusals, results, lost, asOf);
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
      var mapper = new OruMapper(header.get());
      decoded.get().stream().skip(1).forEach(mapper::take);
      mapper.end();
      return new Outcome.Mapped(mapper, header.get().made().flatMap(Hl7Times::instant));
    } catch (RuntimeException e) {
      return new Outcome.Refused(Refusal.DAMAGED); // one message does not take the others along
    }
  }

  /** Splits into messages of lines; false where nothing in it is HL7. */
  private static boolean split(String text, List<List<String>> messages) {
    boolean isHl7 = false;
    @Nullable List<String> current = null;
    String unframed = text.replace("\u00EF\u00BB\u00BF", "").replaceAll("[\u000B\u001C]", "");
    for (String line : unframed.split("\r\n|\r|\n", -1)) {
      String segment = line.stripLeading();
      if (segment.startsWith("MSH")) {
        current = new ArrayList<>(List.of(segment));
        messages.add(current);
        isHl7 = true;
      } else if (ENVELOPE.matcher(segment).matches()) {
        current = null;
        isHl7 = true;
      } else if (current != null && SEGMENT.matcher(segment).matches()) {
        current.add(segment);
      } else if (current != null && !line.isBlank()) {
        // A line end inside a field, which the sender should have escaped: it belongs to the
        // segment before.
        current.set(current.size() - 1, current.getLast() + "\n" + line);
      }
    }
    return isHl7;
  }

  private static Optional<Instant> later(Optional<Instant> one, Optional<Instant> other) {
    return one.isEmpty() || (other.isPresent() && other.get().isAfter(one.get())) ? other : one;
  }
}
