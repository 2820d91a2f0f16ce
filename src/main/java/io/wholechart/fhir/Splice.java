package io.wholechart.fhir;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.JsonStringEncoder;
import io.wholechart.patient.Entry;
import io.wholechart.patient.ResourceBytes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts a resource's new id, {@code meta.source} and references into its bytes. Everything else
 * comes out as it came in: digits, order, blanks, spelling, what we do not know.
 *
 * <p>A reference is a string named {@code reference} inside an element: R4 has no other element of
 * that name. A Bundle or Parameters within the chart is left alone, since its references lead to
 * what it brings along itself.
 *
 * <p>What the source itself had in {@code meta.source} is not lost: it stands percent-encoded
 * behind a {@code #} in ours, where HAPI's servers put what asked them.
 */
public final class Splice {
  private static final String SOURCE = "urn:wholechart:source:";

  private final Entry entry;
  private final AnswerNames names;
  private final byte[] body;
  private final boolean isOfReferences;
  private final List<Edit> edits = new ArrayList<>(8);
  private boolean hasId;
  private boolean hasMeta;

  /** Bytes from one place up to another that something else stands for in the answer. */
  @SuppressWarnings("ArrayRecordComponent") // edits are applied, never compared
  record Edit(int from, int to, byte[] text) {}

  private Splice(Entry entry, AnswerNames names) {
    this.entry = entry;
    this.names = names;
    this.body = entry.bytes().toByteArray();
    String type = entry.facts().type();
    this.isOfReferences = !type.equals("Bundle") && !type.equals("Parameters");
  }

  /** The URI of a source, for {@code meta.source} and wherever else it must be named. */
  public static String sourceUri(String source) {
    return SOURCE + source;
  }

  /** The entry's resource as it stands in the answer under this id. */
  public static ResourceBytes of(Entry entry, String id, AnswerNames names) {
    var splice = new Splice(entry, names);
    return applied(splice.body, splice.edits(id));
  }

  /** What has to change, from left to right. */
  static List<Edit> edits(Entry entry, String id, AnswerNames names) {
    return new Splice(entry, names).edits(id);
  }

  private List<Edit> edits(String id) {
    try (JsonParser parser = PayloadReader.JSON.createParser(body)) {
      parser.nextToken();
      for (var field = Json.firstField(parser); field != null; field = Json.nextField(parser)) {
        switch (field) {
          case "id" -> id(parser, id);
          case "meta" -> meta(parser);
          default -> references(parser);
        }
      }
      end((int) parser.currentTokenLocation().getByteOffset(), id);
      return edits;
    } catch (IOException e) {
      throw new UncheckedIOException(e); // it was read before, from the same bytes
    }
  }

  private void id(JsonParser parser, String id) throws IOException {
    if (parser.currentToken().isScalarValue()) {
      hasId = true;
      replace(parser, id);
    } else {
      parser.skipChildren();
    }
  }

  private void meta(JsonParser parser) throws IOException {
    boolean isFirst = !hasMeta;
    hasMeta = true;
    if (!isFirst || parser.currentToken() != JsonToken.START_OBJECT) {
      parser.skipChildren(); // what is no object is no meta, but a second one would be worse
      return;
    }
    int open = (int) parser.currentTokenLocation().getByteOffset() + 1;
    int before = edits.size();
    boolean isEmpty = true;
    boolean hasSource = false;
    for (var field = Json.firstField(parser); field != null; field = Json.nextField(parser)) {
      isEmpty = false;
      if (field.equals("source") && parser.currentToken().isScalarValue()) {
        hasSource = true;
        replace(
            parser,
            source(parser.currentToken() == JsonToken.VALUE_STRING ? parser.getText() : null));
      } else {
        references(parser);
      }
    }
    if (!hasSource) {
      String text = "\"source\":\"" + source(null) + (isEmpty ? "\"" : "\",");
      edits.add(before, new Edit(open, open, utf8(text)));
    }
  }

  /** The value that the parser stands on, with all that is in it. */
  private void references(JsonParser parser) throws IOException {
    if (!isOfReferences || !parser.currentToken().isStructStart()) {
      parser.skipChildren();
      return;
    }
    for (int depth = 1; depth > 0; ) {
      switch (parser.nextToken()) {
        case START_OBJECT, START_ARRAY -> depth++;
        case END_OBJECT, END_ARRAY -> depth--;
        case VALUE_STRING -> {
          // in a list, the name is that of the list's field, and FHIR has no lists of these
          if ("reference".equals(parser.currentName()) && parser.getParsingContext().inObject()) {
            reference(parser);
          }
        }
        default -> {}
      }
    }
  }

  private void reference(JsonParser parser) throws IOException {
    @Nullable String replacement = names.reference(entry.source(), parser.getText());
    if (replacement != null) {
      replace(parser, replacement);
    }
  }

  private void end(int at, String id) {
    var text = new StringBuilder();
    if (!hasId) {
      text.append(",\"id\":\"").append(id).append('"');
    }
    if (!hasMeta) {
      text.append(",\"meta\":{\"source\":\"").append(source(null)).append("\"}");
    }
    if (!text.isEmpty()) {
      edits.add(new Edit(at, at, utf8(text.toString())));
    }
  }

  private void replace(JsonParser parser, String text) throws IOException {
    int from = (int) parser.currentTokenLocation().getByteOffset();
    parser.getText(); // a string is read to its end only when it is asked for
    int to = (int) parser.currentLocation().getByteOffset();
    byte[] quoted = JsonStringEncoder.getInstance().quoteAsUTF8(text);
    byte[] bytes = new byte[quoted.length + 2];
    bytes[0] = '"';
    System.arraycopy(quoted, 0, bytes, 1, quoted.length);
    bytes[bytes.length - 1] = '"';
    edits.add(new Edit(from, to, bytes));
  }

  private String source(@Nullable String original) {
    String ours = sourceUri(entry.source());
    return original == null || original.isEmpty()
        ? ours
        : ours + "#" + URLEncoder.encode(original, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static ResourceBytes applied(byte[] body, List<Edit> edits) {
    int length = body.length;
    for (Edit edit : edits) {
      length += edit.text().length - (edit.to() - edit.from());
    }
    byte[] out = new byte[length];
    int from = 0;
    int at = 0;
    for (Edit edit : edits) {
      System.arraycopy(body, from, out, at, edit.from() - from);
      at += edit.from() - from;
      System.arraycopy(edit.text(), 0, out, at, edit.text().length);
      at += edit.text().length;
      from = edit.to();
    }
    System.arraycopy(body, from, out, at, body.length - from);
    return new ResourceBytes(out, 0, length);
  }
}
