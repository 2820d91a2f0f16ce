package io.wholechart.fhir;

import static io.wholechart.fhir.Json.eachItem;
import static io.wholechart.fhir.Json.firstField;
import static io.wholechart.fhir.Json.nextField;
import static io.wholechart.fhir.Json.text;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonParser.NumberType;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.wholechart.fhir.FhirPayload.Problem;
import io.wholechart.patient.ResourceBytes;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a FHIR JSON body into resources in one streaming pass.
 *
 * <p>The parser's byte offsets say where each resource begins and ends. That ties us to UTF-8,
 * which FHIR requires (R4, section 2.6.2), and rules out a parser that reads characters.
 */
public final class PayloadReader {
  /** Of whatever reads once more what was read within a source's bounds. */
  static final JsonFactory JSON = Bounds.WIDEST.json();

  /** What a resource is held to that we wrote ourselves. */
  private static final Bounds OURS = new Bounds(1_000_000, 200, 16 << 20);

  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

  private final byte[] body;
  private final int start;
  private final int maxEntries;
  private final JsonParser parser;
  private final ResourceReader wholeReader;
  // Of its own: entries go by while the Bundle is still being read.
  private final ResourceReader entryReader;

  // What the Bundle says of itself, filled while its fields go by in whatever order.
  private final List<Resource> resources = new ArrayList<>();
  private int entries;
  private int included;
  private @Nullable String next;
  private @Nullable Integer total;
  private boolean hasError;
  private boolean isHollow;
  private boolean isSubsetted;

  private PayloadReader(byte[] body, int start, Bounds bounds, int maxEntries) throws IOException {
    this.body = body;
    this.start = start;
    this.maxEntries = maxEntries;
    this.parser = bounds.json().createParser(body, start, body.length - start);
    this.wholeReader = new ResourceReader(parser);
    this.entryReader = new ResourceReader(parser);
  }

  /**
   * Reads a body. The slices that come out are windows on it: it must not be written to again.
   *
   * @param entriesBefore how many entries the pages before had
   * @throws InterruptedException when the deadline strikes while a long body is being read
   */
  public static FhirPayload read(byte[] body, Bounds bounds, int entriesBefore)
      throws InterruptedException {
    int start = hasByteOrderMark(body) ? 3 : 0;
    if (body.length == start) {
      return new FhirPayload.Unreadable(Problem.EMPTY);
    }
    if (!isUtf8(body)) {
      return new FhirPayload.Unreadable(Problem.NOT_UTF8);
    }
    try {
      return new PayloadReader(body, start, bounds, bounds.maxEntries() - entriesBefore).payload();
    } catch (TooManyEntries e) {
      return new FhirPayload.Unreadable(Problem.TOO_MANY);
    } catch (StreamConstraintsException e) {
      return new FhirPayload.Unreadable(Problem.TOO_DEEP);
    } catch (JsonParseException e) {
      return new FhirPayload.Unreadable(Problem.NOT_JSON);
    } catch (IOException e) { // UTF-32 of a kind is a bare CharConversionException
      return new FhirPayload.Unreadable(Problem.NOT_UTF8);
    }
  }

  /** Reads a body that needs no bounds, such as one of our own. */
  public static FhirPayload read(byte[] body) throws InterruptedException {
    return read(body, OURS, 0);
  }

  /** Reads a body that is one resource: what we authored ourselves. */
  public static Resource readResource(ResourceBytes bytes) throws InterruptedException {
    return switch (read(bytes.toByteArray())) {
      case FhirPayload.Single(Resource resource) -> resource;
      case FhirPayload.Bundle _, FhirPayload.Unreadable _ ->
          throw new IllegalArgumentException("not a single FHIR resource");
    };
  }

  private static boolean hasByteOrderMark(byte[] body) {
    return body.length >= 3
        && body[0] == (byte) 0xEF
        && body[1] == (byte) 0xBB
        && body[2] == (byte) 0xBF;
  }

  /**
   * Asked beforehand, since the parser lets overlong forms and surrogates pass in what it skips,
   * and one such byte, copied into the answer, makes all of it unreadable for a strict client.
   */
  private static boolean isUtf8(byte[] body) {
    if (isAscii(body)) {
      return true;
    }
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    var in = ByteBuffer.wrap(body);
    var out = CharBuffer.allocate(8192);
    CoderResult result = decoder.decode(in, out, true);
    while (result.isOverflow()) {
      result = decoder.decode(in, out.clear(), true);
    }
    return result.isUnderflow();
  }

  /** Eight bytes a step, since most charts are nothing else. */
  private static boolean isAscii(byte[] body) {
    long seen = 0;
    int at = 0;
    for (; at + Long.BYTES <= body.length; at += Long.BYTES) {
      seen |= (long) EIGHT.get(body, at);
    }
    for (; at < body.length; at++) {
      seen |= body[at]; // a negative byte's sign goes all the way up
    }
    return (seen & 0x8080808080808080L) == 0;
  }

  private FhirPayload payload() throws IOException, InterruptedException {
    JsonToken first = parser.nextToken();
    if (first == null) {
      return new FhirPayload.Unreadable(Problem.EMPTY);
    }
    if (parser.currentLocation().getByteOffset() < 0) {
      return new FhirPayload.Unreadable(Problem.NOT_UTF8); // UTF-16 or 32, read as characters
    }
    if (first != JsonToken.START_OBJECT) {
      return new FhirPayload.Unreadable(Problem.NOT_A_RESOURCE);
    }
    // A Bundle's own fields are none that a resource's reader looks at, and the other way round, so
    // one pass serves both even where "resourceType" comes last.
    long from = parser.currentTokenLocation().getByteOffset();
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "entry" -> readEntries();
        case "link" -> eachItem(parser, this::readLink);
        case "total" -> total = readTotal();
        default -> wholeReader.field(field);
      }
    }
    Resource whole = wholeReader.end(slice(from));
    requireEnd();
    if (whole.type().isEmpty()) {
      return new FhirPayload.Unreadable(Problem.NOT_A_RESOURCE);
    }
    if (!whole.type().equals("Bundle")) {
      return new FhirPayload.Single(whole);
    }
    return new FhirPayload.Bundle(
        resources,
        included,
        next,
        total,
        hasError,
        isHollow,
        isSubsetted || whole.facts().isSubsetted());
  }

  /** Stops the reading: what is left of the body is not worth a look. */
  private static final class TooManyEntries extends IOException {
    private TooManyEntries() {
      super("too many entries");
    }
  }

  private void requireEnd() throws IOException {
    if (parser.nextToken() != null) {
      throw new JsonParseException(parser, "text after the resource");
    }
  }

  /** Null where it is no count; a count that is too large for us is still more than was sent. */
  private @Nullable Integer readTotal() throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
      parser.skipChildren();
      return null;
    }
    return parser.getNumberType() == NumberType.INT ? parser.getIntValue() : Integer.MAX_VALUE;
  }

  private void readEntries() throws IOException, InterruptedException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      readEntry();
      return;
    }
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      // Parsing does not block, so nobody else would notice the deadline.
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      readEntry();
    }
  }

  private void readEntry() throws IOException {
    @Nullable String fullUrl = null;
    @Nullable String mode = null;
    List<Resource> found = new ArrayList<>(1);
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("fullUrl")) {
        fullUrl = text(parser);
      } else if (field.equals("search")) {
        mode = readMode();
      } else if (field.equals("resource") && parser.currentToken() == JsonToken.START_OBJECT) {
        found.add(readObject()); // and a second one as well: it must not hide the first
      } else {
        parser.skipChildren();
      }
    }
    isHollow |= found.isEmpty();
    entries += Math.max(1, found.size()); // one without a resource costs as well
    if (entries > maxEntries) {
      throw new TooManyEntries();
    }
    for (Resource resource : found) {
      if (!resource.type().equals("OperationOutcome")) {
        isSubsetted |= resource.facts().isSubsetted();
        resources.add(resource.at(fullUrl));
        included += "include".equals(mode) ? 1 : 0;
      }
    }
  }

  private @Nullable String readMode() throws IOException {
    @Nullable String mode = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      if (field.equals("mode")) {
        mode = text(parser);
      } else {
        parser.skipChildren();
      }
    }
    return mode;
  }

  private Resource readObject() throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    entryReader.begin();
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      entryReader.field(field);
    }
    Resource resource = entryReader.end(slice(from));
    hasError |= resource.type().equals("OperationOutcome") && entryReader.hasErrorIssue();
    return resource;
  }

  private ResourceBytes slice(long from) {
    long to = parser.currentLocation().getByteOffset();
    return new ResourceBytes(body, start + (int) from, (int) (to - from));
  }

  private void readLink() throws IOException {
    @Nullable String relation = null;
    @Nullable String url = null;
    for (var field = firstField(parser); field != null; field = nextField(parser)) {
      switch (field) {
        case "relation" -> relation = text(parser);
        case "url" -> url = text(parser);
        default -> parser.skipChildren();
      }
    }
    if ("next".equals(relation)) {
      next = Objects.requireNonNullElse(url, "");
    }
  }
}
