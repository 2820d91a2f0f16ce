package io.wholechart.hl7v2;

import ca.uhn.hl7v2.parser.DefaultEscaping;
import ca.uhn.hl7v2.parser.EncodingCharacters;
import ca.uhn.hl7v2.parser.Escaping;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns what was sent into what was meant: escapes and formatting (HL7 v2.5.1, section 2.7). */
final class Er7Text {
  private static final Escaping ESCAPING = new DefaultEscaping();

  private final EncodingCharacters encoding;

  Er7Text(EncodingCharacters encoding) {
    this.encoding = encoding;
  }

  Optional<String> of(String sent) {
    String text = formatted(sent).strip();
    return text.isEmpty() || text.equals("\"\"") ? Optional.empty() : Optional.of(text);
  }

  /** Line ends stay, highlighting goes. */
  private String formatted(String sent) {
    char escape = encoding.getEscapeCharacter();
    if (sent.indexOf(escape) < 0) {
      return sent.indexOf('\r') < 0 ? sent : lines(sent);
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
