package io.wholechart.hospital;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;

/**
 * Makes sources ill and well from outside: {@code PUT /outages/lab/hang}, {@code DELETE
 * /outages/lab}, {@code DELETE /outages}, {@code GET /outages}. Always on the loopback interface,
 * wherever the sources listen.
 */
final class ControlSocket implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final StubHospital hospital;

  private record Answer(int status, String type, String body) {
    static Answer done() {
      return new Answer(204, "text/plain; charset=utf-8", "");
    }

    static Answer unknown(String what, List<String> known) {
      return text(404, "no such " + what + "; there are " + String.join(", ", known));
    }

    static Answer text(int status, String line) {
      return new Answer(status, "text/plain; charset=utf-8", line + "\n");
    }
  }

  private ControlSocket(HttpServer server, StubHospital hospital) {
    this.server = server;
    this.hospital = hospital;
  }

  static ControlSocket open(int port, StubHospital hospital) {
    try {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      ControlSocket socket = new ControlSocket(server, hospital);
      server.createContext("/", socket::handle);
      server.setExecutor(socket.threads);
      server.start();
      return socket;
    } catch (IOException e) {
      throw new HospitalFailure("port " + port + " (control) is in use", e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      Answer answer = answer(exchange.getRequestMethod(), exchange.getRequestURI().getPath());
      byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", answer.type());
      exchange.sendResponseHeaders(answer.status(), body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private Answer answer(String method, String path) {
    String[] parts = path.substring(1).split("/");
    if (!parts[0].equals("outages") || parts.length > 3) {
      return Answer.text(404, "no such path; there are /outages, /outages/SOURCE/KIND");
    }
    if (parts.length > 1 && !Ports.SOURCES.contains(parts[1])) {
      return Answer.unknown("source", Ports.SOURCES);
    }
    try {
      return switch (method + " " + parts.length) {
        case "GET 1" -> new Answer(200, "application/json", state());
        case "DELETE 1" -> {
          hospital.heal();
          yield Answer.done();
        }
        case "DELETE 2" -> {
          hospital.heal(parts[1]);
          yield Answer.done();
        }
        case "PUT 3" -> outage(parts[1], parts[2]);
        default -> Answer.text(405, "use PUT, DELETE or GET");
      };
    } catch (RuntimeException e) {
      return Answer.text(500, e.toString()); // the JDK's server would only cut the connection
    }
  }

  private Answer outage(String source, String kind) {
    Optional<Outage> outage = Outage.named(kind);
    if (outage.isEmpty()) {
      return Answer.unknown("outage", Outage.keys());
    }
    hospital.outage(source, outage.get());
    return Answer.done();
  }

  /** Every source with its outage, or null: {@code {"ehr":null,"lab":"hang",…}}. */
  private String state() {
    return Ports.SOURCES.stream()
        .map(source ->
            '"'
                + source
                + "\":"
                + hospital.outage(source).map(o -> '"' + o.key() + '"').orElse("null"))
        .collect(Collectors.joining(",", "{", "}\n"));
  }
}
