package io.wholechart.summary;

import java.util.List;
import java.util.Locale;

/**
 * A narrative as FHIR wants it (R4, section 2.4.0.1). Text goes in as text alone: whatever a source
 * wrote in a name or a code cannot become markup.
 */
final class Xhtml {
  /** A cell is for reading; the resource has the rest. */
  private static final int LONGEST = 500;

  private final StringBuilder div =
      new StringBuilder("<div xmlns=\"http://www.w3.org/1999/xhtml\">");

  Xhtml heading(String text) {
    return element("h3", text);
  }

  Xhtml paragraph(String text) {
    return element("p", text);
  }

  Xhtml table(List<String> heads, List<List<String>> rows) {
    div.append("<table><thead><tr>");
    heads.forEach(head -> element("th", head));
    div.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      div.append("<tr>");
      row.forEach(cell -> element("td", cell));
      div.append("</tr>");
    }
    div.append("</tbody></table>");
    return this;
  }

  @Override
  public String toString() {
    return div + "</div>";
  }

  private Xhtml element(String name, String text) {
    div.append('<').append(name).append('>');
    text(shown(text));
    div.append("</").append(name).append('>');
    return this;
  }

  /** An empty element would become {@code <td/>} on its way through XML, which HTML misreads. */
  private static String shown(String text) {
    if (text.isBlank()) {
      return "-";
    }
    return text.length() > LONGEST ? text.substring(0, cut(text)) + " …" : text;
  }

  /** Not in the middle of a character. */
  private static int cut(String text) {
    return Character.isLowSurrogate(text.charAt(LONGEST)) ? LONGEST - 1 : LONGEST;
  }

  private void text(String text) {
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '&' -> div.append("&amp;");
            case '<' -> div.append("&lt;");
            case '>' -> div.append("&gt;");
            case '"' -> div.append("&quot;");
            default -> character(c);
          }
        });
  }

  /** Beyond the basic plane as its number, as HAPI's model writes it: so it goes through XML. */
  private void character(int c) {
    if (c < 0x10000) {
      div.appendCodePoint(isXml(c) ? c : 0xFFFD);
    } else {
      div.append("&#x").append(Integer.toHexString(c).toUpperCase(Locale.ROOT)).append(';');
    }
  }

  /** XML 1.0, production 2; half a surrogate pair is no character. */
  private static boolean isXml(int c) {
    return c == '\t'
        || c == '\n'
        || c == '\r'
        || (c >= 0x20 && c <= 0xD7FF)
        || (c >= 0xE000 && c <= 0xFFFD);
  }
}
