package io.wholechart.hl7v2;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns what was sent into what was meant: escapes and formatting (HL7 v2.5.1, section 2.7). */
final class Er7Text {
  private static final Escaping ESCAPING = new DefaultEscaping();
  private static final String NULL = "\"\"";

  private final String all;
  private final EncodingCharacters encoding;
  private final boolean isPlain;

  /** A segment's text. */
  Er7Text(String all, EncodingCharacters encoding) {
    this.all = all;
    this.encoding = encoding;
    this.isPlain = all.indexOf(encoding.getEscapeCharacter()) < 0 && all.indexOf('\r') < 0;
  }

  /** What a part of it means; null where it is empty, or HL7's null. */
  @Nullable String part(int from, int to) {
    return isPlain ? stripped(from, to) : meant(formatted(all.substring(from, to)).strip());
  }

  private static @Nullable String meant(String text) {
    return text.isEmpty() || text.equals(NULL) ? null : text;
  }

  /** The same at once for a short plain field, as most are: no copy but the one that is kept. */
  private @Nullable String stripped(int from, int to) {
    int begin = from;
    int end = to;
    while (begin < end && Character.isWhitespace(all.charAt(begin))) {
      begin++;
    }
    while (end > begin && Character.isWhitespace(all.charAt(end - 1))) {
      end--;
    }
    boolean isNull = end - begin == NULL.length() && all.startsWith(NULL, begin);
    return begin == end || isNull ? null : all.substring(begin, end);
  }

  /** Line ends stay, highlighting goes. */
  private String formatted(String sent) {
    char escape = encoding.getEscapeCharacter();
    if (sent.indexOf(escape) < 0) {
      return lines(sent);
    }
    String e = Pattern.quote("" + escape);
    return lines(
        Pattern.compile(e + "X((?:[0-7][0-9A-Fa-f])+)" + e)
            .matcher(ESCAPING.unescape(sent, encoding))
            .replaceAll(hex -> Matcher.quoteReplacement(ascii(hex.group(1))))
            .replaceAll(e + "\\.(?i:br|sp|ce)[+0-9]*" + e, "\n")
            .replaceAll(e + "(H|N|\\.(?i:fi|nf|in[+\\-0-9]*|ti[+\\-0-9]*|sk[+0-9]*))" + e, ""));
  }

  private static String lines(String text) {
    return text.replace("\r\n", "\n").replace('\r', '\n');
  }

  /** Characters that were sent as their numbers; those beyond ASCII stay as they were sent. */
  private static String ascii(String hex) {
    return new String(HexFormat.of().parseHex(hex), StandardCharsets.US_ASCII);
  }
}
