package io.wholechart.bench;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A peer: an aggregator on Vert.x, one event loop a core, that parses JSON and concatenates. HL7 v2
 * goes along as text. It checks no identity, merges nothing, writes no audit record and keeps no
 * metrics.
 */
final class VertxAggregator extends VerticleBase {
  private static final Pattern PATH = Pattern.compile("/patients/([A-Za-z0-9.\\-]{1,64})");

  private final JsonObject config;
  private final List<Source> sources;
  private final int instances;

  /** A source as {@code peer.json} describes it. */
  private record Source(String name, String kind, List<String> urls) {}

  private VertxAggregator(JsonObject config, int instances) {
    this.config = config;
    this.instances = instances;
    this.sources =
        config.getJsonArray("sources").stream()
            .map(JsonObject.class::cast)
            .map(source ->
                new Source(
                    source.getString("name"),
                    source.getString("kind"),
                    source.getJsonArray("urls").stream().map(String.class::cast).toList()))
            .toList();
  }

  /**
   * @param args the file that the bench wrote
   */
  public static void main(String[] args) throws IOException {
    var config = new JsonObject(Files.readString(Path.of(args[0])));
    int cores = Runtime.getRuntime().availableProcessors();
    Vertx.vertx()
        .deployVerticle(
            () -> new VertxAggregator(config, cores), new DeploymentOptions().setInstances(cores))
        .onFailure(e -> {
          e.printStackTrace();
          System.exit(1);
        });
  }

  @Override
  public Future<?> start() {
    HttpClient client =
        vertx.createHttpClient(
            new HttpClientOptions(),
            new PoolOptions().setHttp1MaxSize(config.getInteger("calls") / instances));
    return vertx
        .createHttpServer(new HttpServerOptions().setAcceptBacklog(4096).setHost("127.0.0.1"))
        .requestHandler(request -> handle(request, client))
        .listen(config.getInteger("port"));
  }

  private void handle(HttpServerRequest request, HttpClient client) {
    Matcher path = PATH.matcher(request.path());
    String urgency = Objects.requireNonNullElse(request.getParam("urgency"), "normal");
    Integer deadline = config.getJsonObject("deadlines").getInteger(urgency);
    if (!path.matches() || deadline == null) {
      request.response().setStatusCode(400).end();
      return;
    }
    new Asking(client, path.group(1), urgency, request).begin(deadline);
  }

  /** One request under way; all of it happens on one event loop. */
  private final class Asking {
    private final HttpClient client;
    private final String id;
    private final String urgency;
    private final HttpServerRequest request;
    private final List<Future<Object>> asked = new ArrayList<>();
    private final List<HttpClientRequest> calls = new ArrayList<>();
    private boolean isAnswered;
    private long timer;

    Asking(HttpClient client, String id, String urgency, HttpServerRequest request) {
      this.client = client;
      this.id = id;
      this.urgency = urgency;
      this.request = request;
    }

    void begin(int deadline) {
      timer = vertx.setTimer(deadline, _ -> answer());
      for (Source source : sources) {
        asked.add(ask(source));
      }
      Future.join(asked)
          .onComplete(_ -> {
            vertx.cancelTimer(timer);
            answer();
          });
    }

    private Future<Object> ask(Source source) {
      List<String> urls = source.urls.stream().map(url -> url.replace("{id}", id)).toList();
      return switch (source.kind) {
        case "fhir" -> bundles(urls);
        case "text" -> get(urls.getFirst()).map(Buffer::toString);
        default -> get(urls.getFirst()).map(Buffer::toJsonArray);
      };
    }

    private Future<Object> bundles(List<String> urls) {
      List<JsonArray> parts = urls.stream().map(_ -> new JsonArray()).toList();
      List<Future<Void>> searches = new ArrayList<>();
      for (int i = 0; i < urls.size(); i++) {
        searches.add(pages(urls.get(i), parts.get(i)));
      }
      return Future.all(searches)
          .map(_ -> {
            var resources = new JsonArray();
            parts.forEach(resources::addAll);
            return resources;
          });
    }

    private Future<Void> pages(String url, JsonArray resources) {
      return get(url)
          .compose(body -> {
            JsonObject bundle = body.toJsonObject();
            for (Object entry : bundle.getJsonArray("entry", new JsonArray())) {
              resources.add(((JsonObject) entry).getValue("resource"));
            }
            for (Object link : bundle.getJsonArray("link", new JsonArray())) {
              if ("next".equals(((JsonObject) link).getString("relation"))) {
                return pages(((JsonObject) link).getString("url"), resources);
              }
            }
            return Future.succeededFuture();
          });
    }

    private Future<Buffer> get(String url) {
      return client
          .request(new RequestOptions().setMethod(HttpMethod.GET).setAbsoluteURI(url))
          .compose(call -> {
            if (isAnswered) { // it waited for a connection until after the deadline
              call.reset();
              return Future.failedFuture("timeout");
            }
            calls.add(call);
            return call.send();
          })
          .compose(response ->
              response.statusCode() == 200
                  ? response.body()
                  : Future.failedFuture("HTTP " + response.statusCode()));
    }

    /** What is there by now; everything else is called off. */
    private void answer() {
      if (isAnswered) {
        return;
      }
      isAnswered = true;
      if (!asked.stream().allMatch(Future::isComplete)) {
        calls.forEach(HttpClientRequest::reset); // a call that has ended takes no notice
      }
      var answered = new JsonArray();
      var failures = new JsonArray();
      var data = new JsonObject();
      for (int i = 0; i < sources.size(); i++) {
        String name = sources.get(i).name;
        Future<Object> result = asked.get(i);
        if (result.succeeded()) {
          answered.add(name);
          data.put(name, result.result());
        } else {
          String reason = result.failed() ? result.cause().getMessage() : "timeout";
          failures.add(new JsonObject().put("source", name).put("reason", reason));
        }
      }
      double completeness = (double) answered.size() / sources.size();
      var answer =
          new JsonObject()
              .put("patientId", id)
              .put("urgency", urgency)
              .put("isComplete", failures.isEmpty())
              .put("completeness", completeness)
              .put("sources", answered)
              .put("failures", failures)
              .put("data", data);
      request
          .response()
          .setStatusCode(answered.isEmpty() ? 504 : 200)
          .putHeader("Content-Type", "application/json")
          .putHeader("X-Completeness", String.format(Locale.ROOT, "%.2f", completeness))
          .end(answer.toBuffer());
    }
  }
}
