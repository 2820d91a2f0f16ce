package io.wholechart.disclosure;

import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180), for people who open them with a spreadsheet.
 *
 * <p>A spreadsheet runs what begins like a formula, and some of this text is a caller's: so such a
 * value gets an apostrophe before it, which the spreadsheet takes for "this is text".
 */
final class Csv {
  private static final String FORMULA = "=+-@\t\r";

  private final Appendable out;

  Csv(Appendable out) {
    this.out = out;
  }

  /** What stands for a value that there may not be. */
  static String orEmpty(@Nullable Object value) {
    return value == null ? "" : value.toString();
  }

  void row(List<String> values) throws IOException {
    for (int i = 0; i < values.size(); i++) {
      if (i > 0) {
        out.append(',');
      }
      value(values.get(i));
    }
    out.append("\r\n");
  }

  private void value(String value) throws IOException {
    boolean isFormula = !value.isEmpty() && FORMULA.indexOf(value.charAt(0)) >= 0;
    if (!isFormula
        && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n')) {
      out.append(value);
      return;
    }
    out.append('"').append(isFormula ? "'" : "").append(value.replace("\"", "\"\"")).append('"');
  }
}
