package io.wholechart.http;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The header {@code traceparent} of the W3C trace context, of which the trace's id is kept. */
final class TraceParent {
  private static final HeaderName NAME = HeaderNames.create("traceparent");
  private static final int LENGTH = 55;

  private TraceParent() {}

  /** The trace's id; null where there is none that could be one. */
  static @Nullable String traceId(Headers headers) {
    if (!headers.contains(NAME)) {
      return null;
    }
    List<String> values = headers.get(NAME).allValues();
    return values.size() == 1 ? traceId(values.getFirst()) : null;
  }

  /** Trace Context, section 3.2: version, trace id, parent id, flags. */
  static @Nullable String traceId(String value) {
    boolean isLegal =
        value.length() >= LENGTH
            && isHex(value, 0, 2)
            && !value.startsWith("ff")
            && isId(value, 3, 35)
            && isId(value, 36, 52)
            && isHex(value, 53, 55)
            && value.charAt(2) == '-'
            && value.charAt(35) == '-'
            && value.charAt(52) == '-'
            // A later version may have more behind another dash; this one has no more.
            && (value.length() == LENGTH
                || (!value.startsWith("00") && value.charAt(LENGTH) == '-'));
    return isLegal ? value.substring(3, 35) : null;
  }

  private static boolean isId(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      if (value.charAt(i) != '0') {
        return isHex(value, from, to);
      }
    }
    return false;
  }

  private static boolean isHex(String value, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = value.charAt(i);
      if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
        return false;
      }
    }
    return true;
  }
}
