package io.wholechart.hl7v2;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** HL7 table 0211, and what to do where it is not used. */
final class CharacterSets {
  private static final Map<String, String> TABLE_0211 =
      Map.ofEntries(
          Map.entry("ASCII", "US-ASCII"),
          Map.entry("8859/1", "ISO-8859-1"),
          Map.entry("8859/2", "ISO-8859-2"),
          Map.entry("8859/3", "ISO-8859-3"),
          Map.entry("8859/4", "ISO-8859-4"),
          Map.entry("8859/5", "ISO-8859-5"),
          Map.entry("8859/6", "ISO-8859-6"),
          Map.entry("8859/7", "ISO-8859-7"),
          Map.entry("8859/8", "ISO-8859-8"),
          Map.entry("8859/9", "ISO-8859-9"),
          Map.entry("8859/15", "ISO-8859-15"),
          Map.entry("UNICODE UTF-8", "UTF-8"),
          Map.entry("UNICODE", "UTF-8"),
          Map.entry("UTF-8", "UTF-8"),
          Map.entry("UTF8", "UTF-8"),
          Map.entry("ISO IR14", "JIS_X0201"),
          Map.entry("ISO IR87", "ISO-2022-JP"),
          Map.entry("GB 18030-2000", "GB18030"),
          Map.entry("KS X 1001", "EUC-KR"),
          Map.entry("CNS 11643-1992", "EUC-TW"),
          Map.entry("BIG-5", "Big5"));

  private static final Set<Charset> ASCII_AND_MORE =
      Set.of(StandardCharsets.US_ASCII, StandardCharsets.UTF_8, StandardCharsets.ISO_8859_1);

  private CharacterSets() {}

  /**
   * Decodes lines that hold one character a byte; none where they are not in the character set that
   * the message names. Where it names none, the transport's word counts, and then what fits: UTF-8
   * or, since any byte is legal there, ISO 8859-1.
   */
  static Optional<List<String>> decode(
      List<String> lines, MessageHeader header, @Nullable Charset transport) {
    @Nullable Charset named = named(header.characterSet());
    if (isAsciiIn(named)
        && isAsciiIn(transport)
        && lines.stream().allMatch(CharacterSets::isAscii)) {
      return Optional.of(lines); // as most are: they are what they would be decoded to
    }
    byte[] bytes = String.join("\r", lines).getBytes(StandardCharsets.ISO_8859_1);
    // "ASCII" is what is written by those who never thought about it: UTF-8 holds it and more.
    if (named != null && !named.equals(StandardCharsets.US_ASCII)) {
      return decode(bytes, named, lines.size());
    }
    return Optional.ofNullable(transport)
        .flatMap(charset -> decode(bytes, charset, lines.size()))
        .or(() -> decode(bytes, StandardCharsets.UTF_8, lines.size()))
        .or(() -> decode(bytes, StandardCharsets.ISO_8859_1, lines.size()));
  }

  /** Whether ASCII's bytes mean in a character set what they mean in ASCII. */
  private static boolean isAsciiIn(@Nullable Charset charset) {
    return charset == null || ASCII_AND_MORE.contains(charset);
  }

  private static boolean isAscii(String line) {
    for (int i = 0; i < line.length(); i++) {
      if (line.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Charset named(String name) {
    if (name.isEmpty()) {
      return null;
    }
    String upper = name.toUpperCase(Locale.ROOT);
    try {
      return Charset.forName(TABLE_0211.getOrDefault(upper, upper));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return null;
    }
  }

  private static Optional<List<String>> decode(byte[] bytes, Charset charset, int lines) {
    try {
      String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      List<String> decoded = List.of(text.split("\r", -1));
      // Segments were told apart as ASCII. In a character set where they look otherwise (UTF-16,
      // EBCDIC) they would decode to something else, and every result would be gone unseen.
      boolean isSame = decoded.size() == lines && decoded.getFirst().startsWith("MSH");
      return isSame ? Optional.of(decoded) : Optional.empty();
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
