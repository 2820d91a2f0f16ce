package io.wholechart.real;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Orthanc with its DICOMweb plugin, in a process of its own. */
public final class Archive implements AutoCloseable {
  private static final String USER = "wholechart:synthetic";

  private final Running server;
  private final String origin;
  private final Path secret;
  private final Rest rest = new Rest(USER);

  private Archive(Running server, String origin, Path secret) {
    this.server = server;
    this.origin = origin;
    this.secret = secret;
  }

  /** Starts an empty one. */
  static Archive start(Unpacked tools, Path folder) throws IOException, InterruptedException {
    Folders.delete(folder.resolve("store"));
    Files.createDirectories(folder.resolve("store"));
    Path secret = Files.writeString(folder.resolve("secret"), USER);
    int port = freePort();
    Path configuration = folder.resolve("orthanc.json");
    Files.write(configuration, Rest.JSON.writeValueAsBytes(configuration(tools, folder, port)));
    // Orthanc does not look at its input: so that it ends with us, a shell does, and goes on when
    // Ctrl-C or our own end takes the one who reads away.
    var command =
        tools.command(
            "sh",
            "-c",
            "trap : INT TERM; \"$@\" & server=$!; cat >/dev/null; kill $server; wait $server",
            "sh",
            tools.tool("Orthanc"),
            configuration.toString());
    var archive =
        new Archive(
            Running.start("Orthanc", command, folder.resolve("orthanc.log")),
            "http://127.0.0.1:" + port,
            secret);
    try {
      archive.awaitStart();
      return archive;
    } catch (Throwable e) {
      archive.close();
      throw e;
    }
  }

  private static ObjectNode configuration(Unpacked tools, Path folder, int port)
      throws IOException {
    ObjectNode json = Rest.JSON.createObjectNode();
    String store = folder.toAbsolutePath().resolve("store").toString();
    json.put("Name", "imaging").put("StorageDirectory", store).put("IndexDirectory", store);
    json.putArray("Plugins").add(tools.dicomWebPlugin().toString());
    json.put("HttpPort", port).putArray("HttpBindAddresses").add("127.0.0.1");
    json.put("RemoteAccessAllowed", false).put("DicomServerEnabled", false);
    json.put("AuthenticationEnabled", true);
    String[] user = USER.split(":");
    json.putObject("RegisteredUsers").put(user[0], user[1]);
    json.putObject("DicomWeb").put("Enable", true).put("Root", "/dicom-web/");
    return json;
  }

  /** The DICOMweb root. */
  public String url() {
    return origin + "/dicom-web";
  }

  /** The file that holds its user and password. */
  public Path secret() {
    return secret;
  }

  void store(Path instance) throws IOException, InterruptedException {
    rest.post(origin + "/instances", "application/dicom", BodyPublishers.ofFile(instance));
  }

  /**
   * The UIDs of all studies whose patient's id is exactly this: by Orthanc's own API, unsearched.
   */
  public Set<String> studiesOf(String patient) throws IOException, InterruptedException {
    Set<String> uids = new TreeSet<>();
    for (JsonNode study : rest.get(origin + "/studies?expand")) {
      if (study.at("/PatientMainDicomTags/PatientID").asText().equals(patient)) {
        uids.add(study.at("/MainDicomTags/StudyInstanceUID").asText());
      }
    }
    return uids;
  }

  public int studies() throws IOException, InterruptedException {
    return rest.get(origin + "/studies").size();
  }

  @Override
  public void close() throws IOException {
    server.close();
  }

  /** It does not say when it listens. */
  private void awaitStart() {
    await("Orthanc")
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsMatching(e -> server.isAlive() && e instanceof IOException)
        .until(() -> !rest.get(origin + "/system").isEmpty());
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
