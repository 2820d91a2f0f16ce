package io.wholechart.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Translates between Helidon's types and ours. */
final class Responses {
  private Responses() {}

  static Map<String, List<String>> parameters(ServerRequest request) {
    Map<String, List<String>> parameters = new LinkedHashMap<>();
    for (String name : request.query().names()) {
      parameters.put(name, request.query().all(name));
    }
    return parameters;
  }

  static void send(Answer answer, ServerResponse response) {
    response.status(Status.create(answer.status()));
    response.header(HeaderValues.create(HeaderNames.CONTENT_TYPE, answer.contentType()));
    answer
        .headers()
        .forEach(
            (name, value) -> response.header(HeaderValues.create(HeaderNames.create(name), value)));
    response.send(answer.body());
  }
}
