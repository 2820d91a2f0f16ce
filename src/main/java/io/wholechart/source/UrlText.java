package io.wholechart.source;

/** Text as a part of a path or a query (RFC 3986, section 2.1). */
final class UrlText {
  private static final String HEX = "0123456789ABCDEF";

  private UrlText() {}

  /**
   * All that is not unreserved is escaped: {@code /} would begin another segment, {@code +} is a
   * blank in a query to many servers.
   *
   * @param text ASCII, as ids are
   */
  static String encoded(String text) {
    var encoded = new StringBuilder(text.length() + 8);
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if ((c >= 'a' && c <= 'z')
          || (c >= 'A' && c <= 'Z')
          || (c >= '0' && c <= '9')
          || "-._~".indexOf(c) >= 0) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HEX.charAt(c >> 4 & 0xf)).append(HEX.charAt(c & 0xf));
      }
    }
    return encoded.toString();
  }
}
