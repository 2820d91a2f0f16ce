package io.wholechart.dicom;

import io.wholechart.fhir.ImagingStudyDraft;
import io.wholechart.fhir.NamedIdentifier;
import io.wholechart.patient.Demographics;
import io.wholechart.patient.PersonName;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Maps a study's attributes (PS3.3, sections C.7.1 and C.7.2). */
final class StudyMapper {
  private static final Pattern UID = Pattern.compile("[0-9]+(\\.[0-9]+)+");
  private static final Pattern DATE = Pattern.compile("(\\d{4})\\.?(\\d{2})\\.?(\\d{2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{2}):?(?:(\\d{2}):?(?:(\\d{2})(\\.\\d{1,6})?)?)?");

  private static final Pattern POSSIBLE = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d");

  /** FHIR's zones; any other is a mistake, and as good as none. */
  private static final Pattern OFFSET = Pattern.compile("([+-](?:0\\d|1[0-3]|14(?=00)))([0-5]\\d)");

  private StudyMapper() {}

  /** The study; none where it has no UID. */
  static Optional<ImagingStudyDraft> study(Attributes of) {
    return of.text("0020000D")
        .filter(uid -> uid.length() <= 64 && UID.matcher(uid).matches())
        .map(uid ->
            new ImagingStudyDraft(
                uid,
                of.text("00100020")
                    .map(
                        id -> new NamedIdentifier(id, null, null, of.text("00100021").orElse(null)))
                    .orElse(null),
                described(of),
                of.text("00080050").orElse(null),
                of.texts("00080061").stream().filter(m -> m.matches("\\S+")).toList(),
                started(of).orElse(null),
                of.text("00081030").orElse(null),
                of.person("00080090").orElse(null),
                of.number("00201206").orElse(null),
                of.number("00201208").orElse(null),
                status(of)));
  }

  /**
   * What the archive says of the patient, to be held against what others say; a study is filed by
   * the id, so that a name beside it that is another's shows a study filed under the wrong one.
   */
  private static @Nullable Demographics described(Attributes of) {
    Optional<PersonName> name = of.personName("00100010");
    Optional<String> birthDate = of.text("00100030").flatMap(StudyMapper::date);
    return name.isEmpty() && birthDate.isEmpty()
        ? null
        : new Demographics(
            List.of(),
            name.stream().toList(),
            birthDate.orElse(null),
            sex(of.text("00100040").orElse("")));
  }

  private static @Nullable String sex(String code) {
    return switch (code) {
      case "M" -> "male";
      case "F" -> "female";
      case "O" -> "other";
      default -> null;
    };
  }

  /** ONLINE, NEARLINE and OFFLINE can all be had, sooner or later. */
  private static String status(Attributes of) {
    return switch (of.text("00080056").orElse("")) {
      case "ONLINE", "NEARLINE", "OFFLINE" -> "available";
      default -> "unknown";
    };
  }

  /**
   * Date and time where the zone is known; otherwise the date, since a zone is not for us to
   * invent.
   */
  private static Optional<String> started(Attributes of) {
    Optional<String> date = of.text("00080020").flatMap(StudyMapper::date);
    Optional<String> time = of.text("00080030").flatMap(StudyMapper::time);
    Optional<String> offset =
        of.text("00080201")
            .map(OFFSET::matcher)
            .filter(Matcher::matches)
            .map(m -> m.group(1) + ":" + m.group(2));
    return date.map(day ->
        time.isPresent() && offset.isPresent() ? day + "T" + time.get() + offset.get() : day);
  }

  private static Optional<String> date(String text) {
    Matcher m = DATE.matcher(text);
    if (!m.matches() || m.group(1).equals("0000")) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          LocalDate.parse(m.group(1) + "-" + m.group(2) + "-" + m.group(3)).toString());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> time(String text) {
    Matcher m = TIME.matcher(text);
    if (!m.matches()) {
      return Optional.empty();
    }
    String time =
        m.group(1)
            + ":"
            + (m.group(2) == null ? "00" : m.group(2))
            + ":"
            + (m.group(3) == null ? "00" : m.group(3));
    return POSSIBLE.matcher(time).matches()
        ? Optional.of(m.group(4) == null ? time : time + m.group(4))
        : Optional.empty();
  }
}
