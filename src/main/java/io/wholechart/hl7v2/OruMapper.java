package io.wholechart.hl7v2;

import io.wholechart.fhir.Author;
import io.wholechart.fhir.CodedText;
import io.wholechart.fhir.LaboratoryPatient;
import io.wholechart.fhir.LaboratoryReport;
import io.wholechart.fhir.LaboratoryReport.Effective;
import io.wholechart.fhir.LaboratoryReport.Form;
import io.wholechart.fhir.LaboratoryResult;
import io.wholechart.fhir.LaboratoryResult.ReferenceRange;
import io.wholechart.fhir.NamedIdentifier;
import io.wholechart.fhir.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps one message: a small state machine that walks its segments in order. */
final class OruMapper {
  private static final Pattern PLAIN_RANGE =
      Pattern.compile(
          "\\s*(?:(\\d+(?:\\.\\d+)?)\\s*-\\s*(\\d+(?:\\.\\d+)?)|<=?\\s*(\\d+(?:\\.\\d+)?)|>=?\\s*(\\d+(?:\\.\\d+)?))\\s*");

  private final MessageHeader header;
  private final Hl7Times times;
  private final Author author = new Author();
  private final Set<LaboratoryPatient> patients = new HashSet<>();
  private int sequence;
  private int results;
  private int lost;

  // Where the walk stands.
  private @Nullable LaboratoryPatient patient;
  private @Nullable Er7Segment order;
  private @Nullable Er7Segment result;
  private final List<String> orderNotes = new ArrayList<>();
  private final List<String> resultNotes = new ArrayList<>();
  private final List<String> resultIds = new ArrayList<>();
  private final List<Form> forms = new ArrayList<>();

  OruMapper(MessageHeader header) {
    this.header = header;
    this.times = new Hl7Times(header.made());
  }

  /** Takes the next segment. */
  void take(String line) {
    String name = line.substring(0, Math.min(3, line.length()));
    switch (name) {
      case "PID" -> {
        endPatient();
        begin(parse(line));
      }
      case "OBR" -> {
        endOrder();
        order = parse(line);
      }
      case "OBX" -> {
        endResult();
        result = parse(line);
      }
      case "NTE" -> note(parse(line));
      default -> {} // specimens, visits, order control: nothing of them is a result
    }
  }

  /** The message has ended. */
  void end() {
    endOrder();
  }

  List<Resource> resources() {
    return author.resources();
  }

  int results() {
    return results;
  }

  int lost() {
    return lost;
  }

  private Er7Segment parse(String line) {
    return Er7Segment.parse(line, header.encoding());
  }

  private void endPatient() {
    endOrder();
    orderNotes.clear();
    patient = null;
  }

  private void begin(Er7Segment pid) {
    patient = PatientMapper.patient(pid).orElse(null);
    if (patient != null && patients.add(patient)) { // once, however often a message repeats PID
      author.patient(patient);
    }
  }

  private void note(Er7Segment nte) {
    nte.literal(3).ifPresent((result == null ? orderNotes : resultNotes)::add);
  }

  private void endResult() {
    if (result == null) {
      return;
    }
    try {
      String id = id("OBX");
      var value = ResultValue.of(result, times);
      author.result(observation(id, result, value));
      resultIds.add(id);
      value.form().ifPresent(forms::add);
      results++;
    } catch (RuntimeException e) {
      lost++; // counted, and so never silently gone
    }
    result = null;
    resultNotes.clear();
  }

  private void endOrder() {
    endResult();
    if (order == null && !forms.isEmpty()) {
      // A document needs a report to stand in, though nothing is stated.
      order = parse("OBR" + header.encoding().getFieldSeparator());
    }
    if (order != null) {
      author.report(report(order));
      orderNotes.clear();
    }
    order = null;
    resultIds.clear();
    forms.clear();
  }

  private LaboratoryResult observation(String id, Er7Segment obx, ResultValue value) {
    List<String> notes = new ArrayList<>(resultNotes);
    notes.addAll(value.notes());
    Optional<String> sentTime = obx.text(14).or(() -> orderText(7));
    sentTime
        .flatMap(text ->
            times
                .read(text)
                .map(time -> time.isCut() ? "time as sent, without a zone: " + text : "")
                .or(() -> Optional.of("time as sent, not readable: " + text)))
        .filter(note -> !note.isEmpty())
        .ifPresent(notes::add);
    List<CodedText> interpretations = new ArrayList<>();
    for (int repetition = 1; repetition <= obx.repetitions(8); repetition++) {
      obx.text(8, repetition, 1).map(Hl7Codes::interpretation).ifPresent(interpretations::add);
    }
    return new LaboratoryResult(
        id,
        patient,
        obx.text(4).orElse(null),
        code(obx, 3),
        value.value(),
        interpretations,
        obx.literal(7).map(text -> range(text, obx)).orElse(null),
        Hl7Codes.resultStatus(obx.text(11).orElse("")),
        obx.text(14).isPresent() ? effective(obx.text(14), Optional.empty()) : orderEffective(),
        orderText(22).flatMap(this::time).orElse(null),
        obx.text(23).or(() -> obx.text(15, 2)).or(() -> obx.text(15)).orElse(null),
        Optional.of(Hl7Codes.coded(obx, 17, 1)).filter(c -> !c.isEmpty()).orElse(null),
        notes);
  }

  private LaboratoryReport report(Er7Segment obr) {
    List<NamedIdentifier> identifiers = new ArrayList<>();
    obr.text(2)
        .ifPresent(v ->
            identifiers.add(new NamedIdentifier(v, null, "PLAC", obr.text(2, 2).orElse(null))));
    obr.text(3)
        .ifPresent(v ->
            identifiers.add(new NamedIdentifier(v, null, "FILL", obr.text(3, 2).orElse(null))));
    return new LaboratoryReport(
        id("OBR"),
        patient,
        identifiers,
        Hl7Codes.reportStatus(obr.text(25).orElse("")),
        code(obr, 4),
        orderEffective(),
        obr.text(22).flatMap(this::time).orElse(null),
        resultIds,
        orderNotes.isEmpty() ? null : String.join("\n", orderNotes),
        forms);
  }

  private static CodedText code(Er7Segment segment, int field) {
    CodedText code = Hl7Codes.coded(segment, field, 1);
    return code.isEmpty() ? new CodedText(List.of(), "not stated") : code;
  }

  private static ReferenceRange range(String text, Er7Segment obx) {
    Matcher m = PLAIN_RANGE.matcher(text);
    var unit = Units.of(obx).orElse(null);
    // "<5" is a range whose end is not part of it, which FHIR's high cannot say: only "a-b" is in
    // numbers.
    return m.matches() && m.group(1) != null
        ? new ReferenceRange(text, m.group(1), m.group(2), unit)
        : new ReferenceRange(text, null, null, unit);
  }

  private Optional<String> orderText(int field) {
    return order == null ? Optional.empty() : order.text(field);
  }

  private Effective orderEffective() {
    return effective(orderText(7), orderText(8));
  }

  private Effective effective(Optional<String> start, Optional<String> end) {
    return new Effective(
        start.flatMap(this::time).orElse(null), end.flatMap(this::time).orElse(null));
  }

  private Optional<String> time(String text) {
    return times.read(text).map(Hl7Times.Time::text);
  }

  /** The same message gives the same ids again, so that a message sent twice is seen to be one. */
  private String id(String segment) {
    String name =
        String.join("|", header.fields().get(2), header.controlId(), header.made().orElse(""))
            + "|"
            + (patient == null ? "" : patient.id())
            + "|"
            + segment
            + "|"
            + sequence++;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
