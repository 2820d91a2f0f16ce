package io.wholechart.hl7v2;

import io.wholechart.fhir.CodedText;
import io.wholechart.patient.Coding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Codes of HL7 v2 as FHIR knows them. */
final class Hl7Codes {
  private static final String INTERPRETATION =
      "http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation";

  /** HL7 table 0396, as far as a URI stands for the code system. */
  private static final Map<String, String> SYSTEMS =
      Map.ofEntries(
          Map.entry("LN", "http://loinc.org"),
          Map.entry("SCT", "http://snomed.info/sct"),
          Map.entry("SNM", "http://snomed.info/sct"),
          Map.entry("UCUM", "http://unitsofmeasure.org"),
          Map.entry("I9", "http://hl7.org/fhir/sid/icd-9-cm"),
          Map.entry("I9C", "http://hl7.org/fhir/sid/icd-9-cm"),
          Map.entry("I10", "http://hl7.org/fhir/sid/icd-10"),
          Map.entry("I10C", "http://hl7.org/fhir/sid/icd-10-cm"),
          Map.entry("C4", "http://www.ama-assn.org/go/cpt"),
          Map.entry("CVX", "http://hl7.org/fhir/sid/cvx"),
          Map.entry("RXNORM", "http://www.nlm.nih.gov/research/umls/rxnorm"));

  /** The codes of the interpretation code system that HL7 table 0078 shares with it. */
  private static final Set<String> INTERPRETATIONS =
      Set.of(
          "<", ">", "A", "AA", "B", "D", "DET", "E", "EXP", "H", "HH", "HU", "HX", "I", "IE", "IND",
          "L", "LL", "LU", "LX", "N", "NCL", "ND", "NEG", "NR", "NS", "POS", "R", "RR", "S", "SDD",
          "SYN-R", "SYN-S", "U", "UNE", "W", "WR");

  private static final Pattern OID = Pattern.compile("[0-2](\\.[0-9]+)+");

  private Hl7Codes() {}

  /** Where a coded element (CE, CWE, CNE) has its words: the original text, the names, the code. */
  private static final int[] WORDS = {9, 2, 5, 1};

  /** A coded element: two codes at most, each with its own system, and the words. */
  static CodedText coded(Er7Segment segment, int field, int repetition) {
    List<CodedText.Named> codes = new ArrayList<>(2);
    add(codes, segment, field, repetition, 1, 14);
    add(codes, segment, field, repetition, 4, 17);
    @Nullable String text = null;
    for (int i = 0; i < WORDS.length && text == null; i++) {
      text = segment.words(field, repetition, WORDS[i]);
    }
    return new CodedText(codes, text);
  }

  private static void add(
      List<CodedText.Named> codes, Er7Segment segment, int field, int repetition, int at, int oid) {
    @Nullable String code = segment.words(field, repetition, at);
    if (code != null && isCode(code)) {
      var coding = new Coding(system(segment, field, repetition, at + 2, oid), code);
      codes.add(new CodedText.Named(coding, segment.words(field, repetition, at + 1)));
    }
  }

  /** FHIR's code is a token: no white space but single blanks inside. */
  private static boolean isCode(String text) {
    char before = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' ? before == ' ' : Character.isWhitespace(c)) {
        return false;
      }
      before = c;
    }
    return before != ' ';
  }

  /** The code system's URI; a local table has none, and none is made up for it. */
  private static @Nullable String system(
      Er7Segment segment, int field, int repetition, int at, int oid) {
    @Nullable String name = segment.text(field, repetition, at);
    @Nullable String known = name == null ? null : SYSTEMS.get(name);
    if (known != null) {
      return known;
    }
    @Nullable String id = segment.text(field, repetition, oid);
    id = id == null ? name : id;
    return id != null && isOid(id) ? "urn:oid:" + id : null;
  }

  /** An ISO object identifier: 2.16.840. */
  static boolean isOid(String text) {
    return text.length() > 2 && text.charAt(1) == '.' && OID.matcher(text).matches();
  }

  static CodedText interpretation(String flag) {
    return INTERPRETATIONS.contains(flag)
        ? new CodedText(List.of(new CodedText.Named(new Coding(INTERPRETATION, flag), null)), null)
        : new CodedText(List.of(), flag);
  }

  /** HL7 table 0085 (OBX-11). */
  static String resultStatus(String code) {
    return switch (code) {
      case "F", "U" -> "final";
      case "C" -> "corrected";
      case "P", "S", "R" -> "preliminary";
      case "I", "O" -> "registered";
      case "X", "N" -> "cancelled";
      case "D", "W" -> "entered-in-error";
      default -> "unknown";
    };
  }

  /** HL7 table 0123 (OBR-25). */
  static String reportStatus(String code) {
    return switch (code) {
      case "F", "M" -> "final";
      case "C" -> "corrected";
      case "P", "R" -> "preliminary";
      case "A" -> "partial";
      case "I", "O", "S" -> "registered";
      case "X" -> "cancelled";
      default -> "unknown";
    };
  }

  /** HL7 table 0001 (PID-8). */
  static @Nullable String gender(String code) {
    return switch (code) {
      case "M" -> "male";
      case "F" -> "female";
      case "O", "A" -> "other";
      case "U" -> "unknown";
      default -> null;
    };
  }
}
