package io.wholechart.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Translates between Helidon's types and ours. */
final class Responses {
  /** What the server sends with the headers in one piece; it would copy a longer body for that. */
  private static final int ONE_WRITE = 32 * 1024;

  /** Smaller pieces would be more writes. */
  static final int PIECE = 32 * 1024;

  /**
   * The server copies what is written first behind its headers, twice, into buffers that grow: of
   * what a small chart's request made, every eighth byte was theirs when that was a whole piece.
   */
  private static final int FIRST_PIECE = 1024;

  private Responses() {}

  static Map<String, List<String>> parameters(ServerRequest request) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String name : request.query().names()) {
      parameters.put(name, request.query().all(name));
    }
    return parameters;
  }

  /**
   * The {@code {id}} of the path, or, where the path holds parameters ({@code p-1;urgency=x}), what
   * is no legal id: Helidon cuts them off, and a request would be served that nobody sent.
   */
  static String id(ServerRequest request) {
    String id = request.path().pathParameters().get("id");
    String path = request.prologue().uriPath().rawPath();
    return path.indexOf(';') < 0 ? id : id + ";";
  }

  /**
   * @param sent hears how it goes
   */
  static void send(Answer answer, ServerRequest request, ServerResponse response, Sent sent) {
    response.status(Status.create(answer.status()));
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()));
    answer
        .headers()
        .forEach(
            (name, value) -> response.header(HeaderValues.create(HeaderNames.create(name), value)));
    Body body = answer.body();
    if (isHead(request.prologue().method().text())) {
      response.headers().contentLength(body.length());
      response.send();
      sent.whole(0);
    } else if (body.length() <= ONE_WRITE) {
      response.send(body.toByteArray());
      sent.whole(body.length());
    } else {
      stream(body, response, sent);
    }
  }

  private static void stream(Body body, ServerResponse response, Sent sent) {
    response.headers().contentLength(body.length());
    try (OutputStream out = response.outputStream()) {
      body.writeInPieces(sent.counting(out), FIRST_PIECE, PIECE);
    } catch (IOException e) {
      throw new CloseConnectionException("the client has left", e);
    }
    sent.whole(body.length());
  }

  /** Whether the answer has no body: Helidon would send one, and the client read it as the next. */
  static boolean isHead(String method) {
    return method.equals("HEAD");
  }
}
