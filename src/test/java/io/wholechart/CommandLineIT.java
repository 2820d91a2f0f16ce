package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Distribution.Ended;
import io.wholechart.audit.AuditVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The distribution from a shell: what it says, and the exit code that a script goes by. */
class CommandLineIT {
  private static final int WRONG_USAGE = 64;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({
    "--help, 'serve check audit demo 64'",
    "serve --help, '--config --set 143'",
    "check --help, '--config --set'",
    "demo --help, '--config --set --tour'",
    "audit --help, 'verify report review export prove verify-proof what-was-shown retain'",
    "audit report --help, '--patient --from --to csv'",
    "audit review --help, '--emergency --close --by --note'",
    "audit export --help, 'fhir csv --from'",
    "audit prove --help, '--seq --receipt'",
    "audit verify-proof --help, '--proof --key'",
    "audit what-was-shown --help, '--receipt --file'",
    "audit verify --help, '--dir torn altered'"
  })
  void everyCommandExplainsItself(String arguments, String explained) throws Exception {
    Ended ended = Distribution.run(arguments.split(" "));

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.out()).startsWith("Usage: wholechart").contains(explained.split(" "));
    assertThat(ended.err()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"servee, 'Did you mean: wholechart serve'", "audit report, '--patient'"})
  void wrongUsageHasAnExitCodeOfItsOwn(String arguments, String said) throws Exception {
    Ended ended = Distribution.run(arguments.split(" "));

    assertThat(ended.exitCode()).isEqualTo(WRONG_USAGE);
    assertThat(ended.err()).contains(said, "--help").doesNotContain("\tat ");
    assertThat(ended.out()).isEmpty();
  }

  @Test
  void theDefaultsAreAConfigurationThatItStartsWith() throws Exception {
    Ended ended = Distribution.run("check");

    assertThat(ended.exitCode()).isZero();
    assertThat(ended.err()).isEmpty();
    assertThat(ended.out())
        .contains("deadline.emergency: 2s   # ", "config/wholechart.yaml:", "sources.lab.protocol");
  }

  @Test
  void everyWrongKeyIsToldAtOnceWithItsPlaceAndTheNearestOne() throws Exception {
    Path file = directory.resolve("hospital.yaml");
    Files.writeString(
        file,
        """
        server:
          prot: 9000
        sources:
          lab:
            urll: "http://127.0.0.1:1"
        """);
    var command =
        Distribution.command(Distribution.LAUNCHER, List.of("check", "--config", "" + file));
    command.environment().put("WHOLECHART_SERVER_HOSTT", "127.0.0.1");

    Ended ended = Distribution.end(command);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).doesNotContain("\tat ");
    assertThat(ended.err())
        .contains("WHOLECHART_SERVER_HOSTT is not a setting; did you mean WHOLECHART_SERVER_HOST?");
    command.environment().remove("WHOLECHART_SERVER_HOSTT");
    assertThat(Distribution.end(command).err())
        .contains(file + ":2: server.prot is not a setting; did you mean server.port?")
        .contains(file + ":5: sources.lab.urll is not a setting; did you mean sources.lab.url?");
  }

  @ParameterizedTest
  @CsvSource({"server, admin", "admin, server"})
  void aPortThatIsTakenIsNamedInOneLineWithItsKey(String key, String other) throws Exception {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Ended ended =
          serve(
              key + ".port=" + taken.getLocalPort(),
              other + ".port=0",
              "audit.directory=" + audit());

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.err().lines())
          .singleElement()
          .asString()
          .contains("127.0.0.1:" + taken.getLocalPort(), "in use", "set ", key + ".port");
    }
  }

  @Test
  void anAddressThatOthersCanReachIsRefused() throws Exception {
    Ended ended =
        serve(
            "server.host=0.0.0.0",
            "audit.directory=" + audit(),
            "audit.signingKey=" + directory.resolve("none.pem"));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err())
        .contains("server.host", "access.mode", "127.0.0.1", "server.tls", "audit.signingKey");
    assertThat(audit()).doesNotExist();
  }

  @Test
  void aFileInTheWayOfTheAuditLogIsNamedWithTheMend() throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "in the way");

    Path audit = file.resolve("below");

    Ended ended = serve("server.port=0", "admin.port=0", "audit.directory=" + audit);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .contains(audit + " cannot be opened", "is a file", "set audit.directory");
    assertThat(file).hasContent("in the way");
  }

  @Test
  void aLogThatSomebodyElseWroteIsNotGoneOnWith() throws Exception {
    Files.createDirectories(audit());
    Path journal =
        Files.writeString(audit().resolve("audit-000001-000000000001.jsonl"), "not a record\n");

    Ended ended = serve("server.port=0", "admin.port=0", "audit.directory=" + audit());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .contains(audit().toString(), "not as it was written", "audit verify");
    assertThat(journal).hasContent("not a record\n");
    assertThat(AuditVerifier.verify(audit()).exitCode()).isEqualTo(3);
  }

  @Test
  void aLogThatIsNotThereIsNoWholeLog() throws Exception {
    Path nowhere = directory.resolve("nowhere");

    Ended ended = Distribution.run("audit", "verify", "--dir", nowhere.toString());

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out() + ended.err()).contains(nowhere.toString());
  }

  @Test
  void aStubThatCannotBeReadIsNamedAndTheDemoEnds() throws Exception {
    Path home = copy("broken");
    Path stub = home.resolve("demo/stubs/ehr/mappings/p-1001.json");
    Files.writeString(stub, "{ \"request\": ");
    var command =
        Distribution.command(
            home.resolve("bin/wholechart"), List.of("demo", "--set", "audit.directory=" + audit()));

    Ended ended = Distribution.end(command);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).contains(stub.toString(), "the stub hospital did not start");
    assertThat(ended.err()).doesNotContain("\tat ");
  }

  @Test
  void runsFromAnyFolderThroughALinkAndFromAPathWithBlanks() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("wc"), Distribution.LAUNCHER);
    Path elsewhere = Files.createDirectory(directory.resolve("else where"));
    Path moved = copy("a copy of it").resolve("bin/wholechart");

    for (Path launcher : List.of(link, moved)) {
      Ended ended =
          Distribution.end(
              Distribution.command(launcher, List.of("check", "--set", "server.port=9000"))
                  .directory(elsewhere.toFile()));

      assertThat(ended.err()).isEmpty();
      assertThat(ended.exitCode()).isZero();
      assertThat(ended.out()).contains("server.port: 9000   # flag", "deadline.normal: 10s");
    }
    Files.delete(link); // else JUnit warns that it leads out of the folder that it is to delete
  }

  @Test
  void theFlagsOfTheJvmCanBeLaidOver() throws Exception {
    var command = Distribution.command(Distribution.LAUNCHER, List.of("--version"));
    command.environment().put(Distribution.JVM_FLAGS, "-Xmx64m -XX:+PrintFlagsFinal");

    assertThat(Distribution.end(command).out())
        .containsPattern("MaxHeapSize +(:?)= 67108864 ")
        .contains("wholechart ");
  }

  @Test
  void withoutItsJdkItSaysWhereItLooked() throws Exception {
    Path home = copy("without");
    Path search = home.resolve("bin/find-jdk");
    // Wherever this machine keeps its JDKs, none is of this release.
    Files.writeString(search, Files.readString(search).replace("wanted=25", "wanted=9999"));
    var command = Distribution.command(home.resolve("bin/wholechart"), List.of("serve"));
    command.environment().put("JAVA_HOME", "/not/a/jdk");

    Ended ended = Distribution.end(command);

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .startsWith("No JDK 9999 found. Looked at:\n  /not/a/jdk\n")
        .contains("set JAVA_HOME");
  }

  private Path audit() {
    return directory.resolve("audit");
  }

  private static Ended serve(String... settings) throws IOException, InterruptedException {
    return Distribution.run(
        Stream.concat(Stream.of("serve"), Stream.of(settings).flatMap(s -> Stream.of("--set", s)))
            .toArray(String[]::new));
  }

  /** The distribution once more, for a test that breaks it or moves it. */
  private Path copy(String name) throws IOException {
    Path home = directory.resolve(name);
    try (Stream<Path> files = Files.walk(Distribution.FOLDER)) {
      for (Path file : files.toList()) {
        Files.copy(
            file,
            home.resolve(Distribution.FOLDER.relativize(file)),
            StandardCopyOption.COPY_ATTRIBUTES);
      }
    }
    return home;
  }
}
