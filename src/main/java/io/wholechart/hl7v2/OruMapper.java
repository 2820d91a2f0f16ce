package io.wholechart.hl7v2;

import io.wholechart.fhir.Author;
import io.wholechart.fhir.CodedText;
import io.wholechart.fhir.LaboratoryPatient;
import io.wholechart.fhir.LaboratoryReport;
import io.wholechart.fhir.LaboratoryReport.Effective;
import io.wholechart.fhir.LaboratoryReport.Form;
import io.wholechart.fhir.LaboratoryResult;
import io.wholechart.fhir.NamedIdentifier;
import io.wholechart.fhir.Resource;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Maps one message: a small state machine that walks its segments in order. */
final class OruMapper {
  /** Resources say in words and braces what a message says by position. */
  private static final int GROWTH = 7;

  private final MessageHeader header;
  private final Hl7Times times;
  private final String messageName;
  private final Author author;
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

  /**
   * @param length how many characters the message has
   */
  OruMapper(MessageHeader header, int length) {
    this.header = header;
    this.author = new Author((int) Math.min(Integer.MAX_VALUE, (long) length * GROWTH));
    this.times = new Hl7Times(header.made());
    this.messageName =
        header.fields().get(2) + "|" + header.controlId() + "|" + header.made().orElse("") + "|";
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
    @Nullable String text = nte.literal(3);
    if (text != null) {
      (result == null ? orderNotes : resultNotes).add(text);
    }
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
    @Nullable String ownTime = obx.text(14);
    @Nullable String performer = firstOf(obx.text(23), obx.text(15, 2));
    CodedText method = Hl7Codes.coded(obx, 17, 1);
    return new LaboratoryResult(
        id,
        patient,
        obx.text(4),
        code(obx, 3),
        value.value(),
        interpretations(obx),
        Ranges.of(obx),
        Hl7Codes.resultStatus(orEmpty(obx.text(11))),
        ownTime == null ? orderEffective() : new Effective(time(ownTime), null),
        time(orderText(22)),
        firstOf(performer, obx.text(15)),
        method.isEmpty() ? null : method,
        notes(value, firstOf(ownTime, orderText(7))));
  }

  private List<String> notes(ResultValue value, @Nullable String sentTime) {
    List<String> notes = new ArrayList<>(resultNotes);
    notes.addAll(value.notes());
    if (sentTime != null) {
      Optional<Hl7Times.Time> time = times.read(sentTime);
      if (time.isEmpty()) {
        notes.add("time as sent, not readable: " + sentTime);
      } else if (time.get().isCut()) {
        notes.add("time as sent, without a zone: " + sentTime);
      }
    }
    return notes;
  }

  private static List<CodedText> interpretations(Er7Segment obx) {
    List<CodedText> interpretations = new ArrayList<>(1);
    int repetitions = obx.repetitions(8);
    for (int repetition = 1; repetition <= repetitions; repetition++) {
      @Nullable String flag = obx.text(8, repetition, 1);
      if (flag != null) {
        interpretations.add(Hl7Codes.interpretation(flag));
      }
    }
    return interpretations;
  }

  private LaboratoryReport report(Er7Segment obr) {
    List<NamedIdentifier> identifiers = new ArrayList<>(2);
    addNumber(identifiers, "PLAC", obr, 2);
    addNumber(identifiers, "FILL", obr, 3);
    return new LaboratoryReport(
        id("OBR"),
        patient,
        identifiers,
        Hl7Codes.reportStatus(orEmpty(obr.text(25))),
        code(obr, 4),
        orderEffective(),
        time(obr.text(22)),
        resultIds,
        orderNotes.isEmpty() ? null : String.join("\n", orderNotes),
        forms);
  }

  private static void addNumber(
      List<NamedIdentifier> identifiers, String type, Er7Segment obr, int field) {
    @Nullable String value = obr.text(field);
    if (value != null) {
      identifiers.add(new NamedIdentifier(value, null, type, obr.text(field, 2)));
    }
  }

  private static CodedText code(Er7Segment segment, int field) {
    CodedText code = Hl7Codes.coded(segment, field, 1);
    return code.isEmpty() ? new CodedText(List.of(), "not stated") : code;
  }

  private @Nullable String orderText(int field) {
    return order == null ? null : order.text(field);
  }

  private Effective orderEffective() {
    return new Effective(time(orderText(7)), time(orderText(8)));
  }

  private @Nullable String time(@Nullable String text) {
    Optional<Hl7Times.Time> time = text == null ? Optional.empty() : times.read(text);
    return time.isEmpty() ? null : time.get().text();
  }

  private static @Nullable String firstOf(@Nullable String one, @Nullable String other) {
    return one == null ? other : one;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /** The same message gives the same ids again, so that a message sent twice is seen to be one. */
  private String id(String segment) {
    String name =
        messageName + (patient == null ? "" : patient.id()) + "|" + segment + "|" + sequence++;
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString();
  }
}
