package io.wholechart.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.wholechart.patient.ResourceBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * An answer's body: text of ours and, between it, resources as they came in. They are copied once,
 * on their way into the socket. A chart of five hundred was copied three times before, into arrays
 * so large that each was a burden to the collector by itself.
 */
final class Body {
  private final byte[] text;
  private final List<Insertion> insertions;
  private final int length;

  /** A resource, and how much of the text comes before it. */
  private record Insertion(int at, ResourceBytes resource) {}

  private Body(byte[] text, List<Insertion> insertions) {
    this.text = text;
    this.insertions = insertions;
    int sum = text.length;
    for (Insertion insertion : insertions) {
      sum = Math.addExact(sum, insertion.resource().length());
    }
    this.length = sum;
  }

  static Body of(byte[] text) {
    return new Body(text, List.of());
  }

  int length() {
    return length;
  }

  void writeTo(OutputStream out) throws IOException {
    int from = 0;
    for (Insertion insertion : insertions) {
      out.write(text, from, insertion.at() - from);
      insertion.resource().writeTo(out);
      from = insertion.at();
    }
    out.write(text, from, text.length - from);
  }

  /**
   * Writes in pieces of a size, since every write is a call of the system. A buffered stream would
   * do, but on a virtual thread it begins small and grows, over and over.
   *
   * @param first the size of the first piece
   */
  void writeInPieces(OutputStream out, int first, int size) throws IOException {
    var piece = new Piece(out, Math.min(size, length), first);
    writeTo(piece);
    piece.flush();
  }

  private static final class Piece extends OutputStream {
    private final OutputStream out;
    private final byte[] bytes;
    private int count;
    private int end; // of the piece that is being filled

    private Piece(OutputStream out, int size, int first) {
      this.out = out;
      this.bytes = new byte[size];
      this.end = Math.min(first, size);
    }

    @Override
    public void write(int b) throws IOException {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] from, int offset, int length) throws IOException {
      for (int at = offset; at < offset + length; ) {
        int fits = Math.min(end - count, offset + length - at);
        System.arraycopy(from, at, bytes, count, fits);
        count += fits;
        at += fits;
        if (count == end) {
          flush();
        }
      }
    }

    @Override
    public void flush() throws IOException {
      if (count > 0) {
        out.write(bytes, 0, count);
        count = 0;
        end = bytes.length;
      }
    }
  }

  /** SHA-256 of it, in hex. */
  String digest() {
    return digest(out -> out);
  }

  /**
   * SHA-256 of what becomes of it on its way.
   *
   * @param through what stands between it and where it goes
   */
  String digest(UnaryOperator<OutputStream> through) {
    var digest = new Digest();
    try {
      writeTo(through.apply(digest));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
    return HexFormat.of().formatHex(digest.sha256.digest());
  }

  private static final class Digest extends OutputStream {
    private final MessageDigest sha256;

    private Digest() {
      try {
        sha256 = MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException("every Java platform has SHA-256", e);
      }
    }

    @Override
    public void write(int b) {
      sha256.update((byte) b);
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      sha256.update(from, offset, length);
    }
  }

  /** The same with a member more at the end of the JSON object that it is. */
  Body with(String member, String value) {
    byte[] more = (",\"" + member + "\":\"" + value + "\"}").getBytes(US_ASCII);
    byte[] longer = Arrays.copyOf(text, text.length - 1 + more.length);
    System.arraycopy(more, 0, longer, text.length - 1, more.length);
    return new Body(longer, insertions);
  }

  byte[] toByteArray() {
    if (insertions.isEmpty()) {
      return text;
    }
    var out = new ByteArrayOutputStream(length);
    try {
      writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // in memory: cannot be
    }
    return out.toByteArray();
  }

  /** Takes text as any stream does, and resources in between. */
  static final class Builder extends ByteArrayOutputStream {
    private final List<Insertion> insertions = new ArrayList<>();

    Builder(int textHint) {
      super(textHint);
    }

    void insert(ResourceBytes resource) {
      insertions.add(new Insertion(count, resource));
    }

    Body build() {
      return new Body(toByteArray(), insertions);
    }
  }
}
