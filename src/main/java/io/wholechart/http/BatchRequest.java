package io.wholechart.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.wholechart.http.Problem.Kind;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.Urgency;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What {@code POST /patients/_batch} was asked: {@code {"ids": ["p-1001", "p-1002"], "urgency":
 * "normal"}}. Read as strictly as a query: what is unknown, twice or of another type is refused,
 * before any source is asked.
 */
record BatchRequest(List<PatientId> ids, Urgency urgency) {
  static final int MOST_IDS = 100;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(4).build())
          .build();

  /** A batch that can be served, or why it cannot. */
  sealed interface Parsed {
    record Accepted(BatchRequest request) implements Parsed {}

    record Refused(Problem problem) implements Parsed {}
  }

  BatchRequest {
    ids = List.copyOf(ids);
  }

  static Parsed parse(byte[] body) {
    try (JsonParser json = JSON.createParser(body)) {
      return new Parsed.Accepted(read(json));
    } catch (Unfit e) {
      return refused(e.problem);
    } catch (IOException e) {
      // Its text may quote the body, which may hold anything.
      return refused("the body must be one JSON object, no field twice");
    }
  }

  private static BatchRequest read(JsonParser json) throws IOException, Unfit {
    require(json.nextToken() == JsonToken.START_OBJECT, "the body must be one JSON object");
    @Nullable Set<PatientId> ids = null;
    Urgency urgency = Urgency.NORMAL;
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "ids" -> ids = ids(json);
        case "urgency" -> urgency = urgency(json);
        default -> throw new Unfit("unknown field; the fields are ids and urgency");
      }
    }
    require(json.nextToken() == null, "nothing may follow the JSON object");
    if (ids == null) {
      throw new Unfit("ids is missing");
    }
    return new BatchRequest(new ArrayList<>(ids), urgency);
  }

  private static Set<PatientId> ids(JsonParser json) throws IOException, Unfit {
    String list = "ids must be a list of 1 to " + MOST_IDS + " patient ids";
    require(json.currentToken() == JsonToken.START_ARRAY, list);
    Set<PatientId> ids = new LinkedHashSet<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      require(json.currentToken() == JsonToken.VALUE_STRING, "ids must hold texts alone");
      require(
          PatientId.isLegal(json.getText()), "a patient id is 1 to 64 letters, digits, '.' or '-'");
      require(ids.add(new PatientId(json.getText())), "ids must name each patient once");
      require(ids.size() <= MOST_IDS, list);
    }
    require(!ids.isEmpty(), list);
    return ids;
  }

  private static Urgency urgency(JsonParser json) throws IOException, Unfit {
    String wanted = "urgency must be one of " + String.join(", ", Urgency.keys());
    require(json.currentToken() == JsonToken.VALUE_STRING, wanted);
    return Urgency.named(json.getText()).orElseThrow(() -> new Unfit(wanted));
  }

  private static void require(boolean isFulfilled, String problem) throws Unfit {
    if (!isFulfilled) {
      throw new Unfit(problem);
    }
  }

  private static Parsed refused(String detail) {
    return new Parsed.Refused(Problem.of(Kind.BAD_BODY, detail));
  }

  /** Leaves the nested reading; never the class. */
  private static final class Unfit extends Exception {
    private final String problem;

    Unfit(String problem) {
      super(problem, null, false, false);
      this.problem = problem;
    }
  }
}
