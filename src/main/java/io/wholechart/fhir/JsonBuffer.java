package io.wholechart.fhir;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * JSON objects (RFC 8259), written one after the other into one array. What is null or empty is
 * left out, as FHIR wants it.
 *
 * <p>Jackson's generator would do, and did: but its buffers, the checks of its states and a call
 * into it for every brace were half of the time of writing a resource. What is written here is ours
 * alone, names that need no escape and values as text, and that is this little.
 */
final class JsonBuffer {
  private static final HexFormat HEX = HexFormat.of().withUpperCase();
  private static final int MOST_BYTES_OF_A_CHAR = 6; // an escape with its number

  private byte[] bytes;
  private int size;
  private int depth;

  JsonBuffer() {
    this(1024);
  }

  JsonBuffer(int room) {
    bytes = new byte[Math.max(room, 64)];
  }

  /** Where the next object will begin, or the last one has ended. */
  int size() {
    return size;
  }

  /** Takes back what was written since; an object that was left half-way is gone with it. */
  void truncate(int to) {
    size = to;
    depth = 0;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }

  /** The array itself, with some room at its end; nothing may be written any more. */
  byte[] handOver() {
    return bytes;
  }

  @Override
  public String toString() {
    return new String(bytes, 0, size, StandardCharsets.UTF_8);
  }

  JsonBuffer text(String name, @Nullable String value) {
    if (value != null && !value.isEmpty()) {
      name(name);
      string(value);
    }
    return this;
  }

  JsonBuffer item(String value) {
    separate();
    string(value);
    return this;
  }

  JsonBuffer number(String name, @Nullable Integer value) {
    if (value != null) {
      name(name);
      ascii(value.toString());
    }
    return this;
  }

  JsonBuffer number(String name, BigDecimal value) {
    name(name);
    ascii(value.toString());
    return this;
  }

  /** A value, or an item of a list, that is JSON already. */
  JsonBuffer raw(@Nullable String name, String value) {
    if (name == null) {
      separate();
    } else {
      name(name);
    }
    byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
    room(utf8.length);
    System.arraycopy(utf8, 0, bytes, size, utf8.length);
    size += utf8.length;
    return this;
  }

  /** Begins an object: a field's, or in a list, or by itself, without a name. */
  JsonBuffer open(@Nullable String name) {
    return begin(name, '{');
  }

  JsonBuffer close() {
    return end('}');
  }

  JsonBuffer openList(String name) {
    return begin(name, '[');
  }

  JsonBuffer closeList() {
    return end(']');
  }

  private JsonBuffer begin(@Nullable String name, char bracket) {
    if (name == null) {
      separate();
    } else {
      name(name);
    }
    room(1);
    put(bracket);
    depth++;
    return this;
  }

  private JsonBuffer end(char bracket) {
    room(1);
    put(bracket);
    depth--;
    return this;
  }

  private void name(String name) {
    separate();
    room(1);
    put('"');
    ascii(name);
    room(2);
    put('"');
    put(':');
  }

  /** Nothing separates two objects of their own: each is a resource. */
  private void separate() {
    if (depth > 0 && bytes[size - 1] != '{' && bytes[size - 1] != '[') {
      room(1);
      put(',');
    }
  }

  /** Copies at once. What deprecates the method, that it drops a char's upper half, is no loss. */
  @SuppressWarnings("deprecation")
  private void ascii(String text) {
    int length = text.length();
    room(length);
    text.getBytes(0, length, bytes, size);
    size += length;
  }

  private void string(String text) {
    int length = text.length();
    room(length + 2); // as for nearly all: a byte a character
    put('"');
    for (int i = plain(text, 0); i < length; i = plain(text, i)) {
      room(MOST_BYTES_OF_A_CHAR + length - i + 1);
      i += 1 + special(text, i);
    }
    put('"');
  }

  /** Writes what needs no escape, and says where that ends; there is room for the rest of it. */
  private int plain(String text, int from) {
    byte[] into = bytes;
    int shift = size - from;
    int at = from;
    for (; at < text.length(); at++) {
      char c = text.charAt(at);
      if (c < ' ' || c >= 0x80 || c == '"' || c == '\\') {
        break;
      }
      into[at + shift] = (byte) c;
    }
    size = at + shift;
    return at;
  }

  /** Writes what is more than one byte, and says how many more chars than one it took. */
  private int special(String text, int at) {
    if (text.charAt(at) >= 0x80) {
      return unicode(text, at);
    }
    escape(text.charAt(at));
    return 0;
  }

  private int unicode(String text, int at) {
    int c = text.codePointAt(at);
    if (c < 0x800) {
      put(0xC0 | (c >> 6));
    } else if (c < 0x10000) {
      if (Character.isSurrogate((char) c)) {
        throw new IllegalArgumentException("half of a character");
      }
      put(0xE0 | (c >> 12));
      put(0x80 | ((c >> 6) & 0x3F));
    } else {
      put(0xF0 | (c >> 18));
      put(0x80 | ((c >> 12) & 0x3F));
      put(0x80 | ((c >> 6) & 0x3F));
    }
    put(0x80 | (c & 0x3F));
    return Character.charCount(c) - 1;
  }

  private void escape(char c) {
    put('\\');
    switch (c) {
      case '"', '\\' -> put(c);
      case '\b' -> put('b');
      case '\t' -> put('t');
      case '\n' -> put('n');
      case '\f' -> put('f');
      case '\r' -> put('r');
      default -> {
        put('u');
        for (char digit : HEX.toHexDigits(c).toCharArray()) {
          put(digit);
        }
      }
    }
  }

  private void room(int more) {
    if (more > bytes.length - size) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, Math.addExact(size, more)));
    }
  }

  private void put(int b) {
    bytes[size++] = (byte) b;
  }
}
