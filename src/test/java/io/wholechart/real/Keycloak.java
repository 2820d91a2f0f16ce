package io.wholechart.real;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A real issuer in a process of its own, with the realm of {@code src/real/clinic-realm.json}. */
public final class Keycloak implements AutoCloseable {
  private static final Path REALM = Path.of("src/real/clinic-realm.json");
  private static final Pattern LISTENS = Pattern.compile("Listening on: (http://\\S+)");
  private static final String OPERATOR = "operator";

  private final Running server;
  private final String origin;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private int priority = 100;

  private Keycloak(Running server, String origin) {
    this.server = server;
    this.origin = origin;
  }

  /** Starts it with an empty store, so that nothing is left of the last time. */
  public static Keycloak start(Path folder) throws IOException, InterruptedException {
    Path home = home(folder.resolve("lib"));
    Folders.delete(home.resolve("data/h2"));
    Folders.delete(home.resolve("data/import"));
    Path realm = home.resolve("data/import").resolve(REALM.getFileName());
    Files.createDirectories(realm.getParent());
    Files.copy(REALM, realm, StandardCopyOption.REPLACE_EXISTING);
    int port = freePort();
    var command =
        new ProcessBuilder(
            "sh",
            home.resolve("bin/kc.sh").toString(),
            "start-dev",
            "--import-realm",
            "--http-host=127.0.0.1",
            "--http-port=" + port);
    command.environment().put("JAVA_HOME", System.getProperty("java.home"));
    command.environment().put("KC_BOOTSTRAP_ADMIN_USERNAME", OPERATOR);
    command.environment().put("KC_BOOTSTRAP_ADMIN_PASSWORD", OPERATOR);
    var server = Running.start("Keycloak", command, folder.resolve("keycloak.log"));
    try {
      server.awaitWords(LISTENS, Duration.ofMinutes(5));
      return new Keycloak(server, "http://127.0.0.1:" + port);
    } catch (Throwable e) {
      server.kill();
      throw e;
    }
  }

  /** What stands in its tokens as {@code iss}. */
  public String issuer() {
    return origin + "/realms/clinic";
  }

  public String jwks() {
    return issuer() + "/protocol/openid-connect/certs";
  }

  /** A program's token. */
  public String tokenOfClient(String client) throws IOException, InterruptedException {
    return token("clinic", form(client, Map.of("grant_type", "client_credentials")));
  }

  /** A person's token, by way of the program that they use. */
  public String tokenOfUser(String client, String user) throws IOException, InterruptedException {
    return token("clinic", form(client, password(user, user + "-password")));
  }

  /** One that is good elsewhere: its operator's own, of another realm. */
  public String tokenOfOperator() throws IOException, InterruptedException {
    var form = new java.util.HashMap<>(password(OPERATOR, OPERATOR));
    form.put("client_id", "admin-cli");
    return token("master", form);
  }

  /** From now on tokens are signed with a new key; the one before stays published. */
  public void rotate() throws IOException, InterruptedException {
    priority += 100;
    String component =
        """
        {"name": "key-%1$d", "providerId": "ecdsa-generated",
         "providerType": "org.keycloak.keys.KeyProvider",
         "config": {"priority": ["%1$d"], "ecdsaEllipticCurveKey": ["P-256"],
                    "active": ["true"], "enabled": ["true"]}}
        """
            .formatted(priority);
    HttpResponse<String> made =
        send(
            HttpRequest.newBuilder(URI.create(origin + "/admin/realms/clinic/components"))
                .header("Authorization", "Bearer " + tokenOfOperator())
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(component)));
    if (made.statusCode() != 201) {
      throw new IOException("no new key: " + made.statusCode() + " " + made.body());
    }
  }

  /** How many keys for signatures are published. */
  public long signingKeys() throws IOException, InterruptedException {
    JsonNode all = Rest.JSON.readTree(send(HttpRequest.newBuilder(URI.create(jwks()))).body());
    return all.path("keys")
        .valueStream()
        .filter(key -> key.path("use").asText().equals("sig"))
        .count();
  }

  public void stop() {
    server.kill();
  }

  @Override
  public void close() {
    server.kill();
  }

  private static Map<String, String> password(String user, String password) {
    return Map.of("grant_type", "password", "username", user, "password", password);
  }

  private static Map<String, String> form(String client, Map<String, String> grant) {
    var form = new java.util.HashMap<>(grant);
    form.put("client_id", client);
    form.put("client_secret", client + "-secret");
    return form;
  }

  private String token(String realm, Map<String, String> form)
      throws IOException, InterruptedException {
    String body =
        form.entrySet().stream()
            .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    HttpResponse<String> answer =
        send(
            HttpRequest.newBuilder(
                    URI.create(origin + "/realms/" + realm + "/protocol/openid-connect/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    if (answer.statusCode() != 200) {
      throw new IOException("no token: " + answer.statusCode() + " " + answer.body());
    }
    return Rest.JSON.readTree(answer.body()).path("access_token").asText();
  }

  private HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString());
  }

  private static Path home(Path lib) throws IOException {
    try (Stream<Path> all = Files.list(lib)) {
      return all.filter(path -> path.getFileName().toString().startsWith("keycloak-"))
          .findFirst()
          .orElseThrow(() -> new IOException("there is no Keycloak in " + lib));
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
