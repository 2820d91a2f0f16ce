package io.wholechart;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.StubMapping;
import io.wholechart.aggregate.IdentitySettings;
import io.wholechart.config.Settings;
import io.wholechart.crosswalk.CrosswalkSettings;
import io.wholechart.faults.RedirectTarget;
import io.wholechart.faults.TestNames;
import io.wholechart.identity.SuspectRule;
import io.wholechart.patient.Section;
import io.wholechart.source.AddressRange;
import io.wholechart.source.ConnectionSettings;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Fetch;
import io.wholechart.source.SourceSettings.Protocol;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nobody who answers us can send us to another host: no source, no cross-reference service and no
 * name server. A listener beside them counts who comes.
 */
class SsrfIT {
  private static final String ASKED = "/patients/p-1?urgency=urgent";

  @TempDir static Path directory;
  private static RedirectTarget stranger;
  private static Authorities site;
  private static Service service;
  private static Caller caller;
  private static final List<StubMapping> answers = new ArrayList<>();

  @BeforeAll
  static void start() throws Exception {
    stranger = RedirectTarget.loopback();
    site = new Authorities();
    service = Service.start(settings());
    caller = new Caller(service.port());
  }

  /** Without a memory of the index's answers, and with a source that is always well. */
  private static Settings settings() {
    var sources = site.sources();
    sources.put(
        "own",
        site.source(
            Protocol.FHIR,
            "/own",
            null,
            new Fetch.Everything(),
            Section.RESULTS,
            Authorities.CALLERS));
    var index =
        new CrosswalkSettings(
            CrosswalkSettings.Type.PIXM,
            Authorities.CALLERS,
            null,
            1,
            Duration.ofSeconds(1),
            URI.create(site.http.baseUrl() + "/mpi"),
            null,
            ConnectionSettings.usual(),
            10,
            0,
            Duration.ZERO);
    return TestSettings.of(
        directory.resolve("audit"), sources, new IdentitySettings(SuspectRule.WITHHOLD, index));
  }

  @BeforeEach
  void aSourceIsWell() {
    answers(
        "/own/.*",
        Authorities.fhir(
            "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[{\"resource\":"
                + "{\"resourceType\":\"Patient\",\"id\":\"p-1\"}}]}"));
  }

  @AfterEach
  void allIsAsBefore() {
    answers.forEach(site.http::removeStub);
    answers.clear();
    site.http.resetRequests();
  }

  /**
   * The stranger takes whoever comes in the order of coming: when the one visitor is we ourselves,
   * then nobody was there before.
   */
  @AfterAll
  static void nobodyWentThere() throws Exception {
    try {
      new Socket(InetAddress.getLoopbackAddress(), stranger.port()).close();
      await().until(() -> stranger.visitors() > 0);
      assertThat(stranger.visitors()).isEqualTo(1);
    } finally {
      service.close();
      site.close();
      stranger.close();
    }
  }

  private static void linked() {
    site.pix(Authorities.EHR, Authorities.targets(Authorities.EHR, "77"));
    site.pix(Authorities.LAB, Authorities.targets(Authorities.LAB, "L:77/a"));
    site.pix(Authorities.PACS, Authorities.targets(Authorities.PACS, "I_5+x"));
  }

  /** Places, as a source may write them; S is the stranger's port, M the source's own. */
  static Stream<String> places() {
    return Stream.of(
        "http://127.0.0.1:S/latest/meta-data/",
        "http://localhost:S/",
        "//127.0.0.1:S/",
        "http://u:p@127.0.0.1:S/",
        "http://127.0.0.1:M@127.0.0.1:S/",
        "http://127.0.0.1:M#@127.0.0.1:S/",
        "https://127.0.0.1:S/",
        "ftp://127.0.0.1:S/",
        "HTTP://127.0.0.1:S/",
        "http://2130706433:S/",
        "http://0177.0.0.1:S/",
        "http://127.1:S/",
        "http://[::1]:S/",
        "http://[::ffff:127.0.0.1]:S/",
        "http://0.0.0.0:S/",
        "http:\\\\\\\\127.0.0.1:S\\\\",
        "http://127.0.0.1:M\\\\@127.0.0.1:S/",
        "http://127-0-0-1.address.test:S/",
        "http://127.0.0.1:M.address.test:S/",
        "http:127.0.0.1:S",
        "////127.0.0.1:S/",
        "\\t//127.0.0.1:S/",
        "file:///etc/passwd",
        "gopher://127.0.0.1:S/_GET",
        "jar:http://127.0.0.1:S/a.jar!/");
  }

  private static String at(String place) {
    return place
        .replace("S/", stranger.port() + "/")
        .replaceAll("S(?=$|\\\\)", String.valueOf(stranger.port()))
        .replace("M", String.valueOf(site.http.port()));
  }

  /** What is within the source's own origin is asked there, and is no page of this patient's. */
  @ParameterizedTest
  @MethodSource("places")
  void aNextLinkLeadsToNobodyElse(String place) throws Exception {
    linked();
    answers(
        "/ehr/Patient/77/.*",
        Authorities.fhir(
            "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"link\":[{\"relation\":\"next\","
                + "\"url\":\""
                + at(place)
                + "\"}]}"));

    assertThat(status("ehr")).isIn("partial", "error", "invalid");
    assertThat(stranger.visitors()).isZero();
  }

  @ParameterizedTest
  @MethodSource("places")
  void aRedirectIsNotFollowed(String place) throws Exception {
    linked();
    int status = List.of(301, 302, 303, 307, 308, 300, 305).get(Math.floorMod(place.hashCode(), 7));
    answers("/ehr/Patient/77/.*", redirect(status, place));
    answers("/lab.*", redirect(status, place));
    answers("/pacs/.*", redirect(status, place));

    for (String source : List.of("ehr", "lab", "imaging")) {
      assertThat(status(source)).isEqualTo("refused-redirect");
    }
    assertThat(stranger.visitors()).isZero();
  }

  @ParameterizedTest
  @MethodSource("places")
  void norIsTheCrossReferenceServices(String place) throws Exception {
    answers("/mpi/.*", redirect(307, place));

    assertThat(status("ehr")).isEqualTo("id-unresolved");
    assertThat(stranger.visitors()).isZero();
  }

  /** Headers by which other clients than ours go on. */
  @ParameterizedTest
  @MethodSource("places")
  void anAnswerThatPointsElsewhereIsReadWhereItIs(String place) throws Exception {
    linked();
    String link = at(place).replaceAll("[^ -~]|\\\\t", "");
    answers(
        "/ehr/Patient/77/.*",
        Authorities.fhir("{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":[]}")
            .withHeader("Location", link)
            .withHeader("Content-Location", link)
            .withHeader("Refresh", "0; url=" + link)
            .withHeader("Alt-Svc", "http/1.1=\"127.0.0.1:" + stranger.port() + "\"")
            .withHeader("Link", "<" + link + ">; rel=\"next\""));

    assertThat(status("ehr")).isEqualTo("partial");
    assertThat(stranger.visitors()).isZero();
  }

  /** The cross-reference service names the id that goes into a source's URL. */
  @ParameterizedTest
  @MethodSource("places")
  void anIdThatIsAUrlIsAnIdOrNothing(String place) throws Exception {
    String id = at(place);
    for (String system : List.of(Authorities.EHR, Authorities.LAB, Authorities.PACS)) {
      site.pix(system, Authorities.targets(system, id));
    }
    answers("/lab.*", aResponse().withStatus(404));
    answers("/pacs/.*", aResponse().withStatus(404));

    for (String source : List.of("ehr", "lab", "imaging")) {
      assertThat(status(source)).isIn("id-unresolved", "error", "not-found", "invalid");
    }
    assertThat(site.asked("/")).noneMatch(url -> url.contains("/../") || url.contains("//"));
    assertThat(stranger.visitors()).isZero();
  }

  /** A name whose owner, or whose name server, says that it is somewhere else. */
  @Test
  void aNameDoesNotLeadToThisMachineOrToACloudsKeys() throws Exception {
    List<String> labels =
        List.of(
            "127-0-0-1",
            "127-0-0-2",
            "0-0-0-0",
            "0--1",
            "0--ffff-7f00-1",
            "0--7f00-1",
            "64-ff9b--7f00-1",
            "169-254-169-254",
            "fe80--1",
            "fd00-ec2--254",
            "100-100-100-200",
            "168-63-129-16");
    Map<String, SourceSettings> sources = new LinkedHashMap<>();
    for (String label : labels) {
      sources.put("n" + sources.size(), fhir(named(label, stranger.port(), ""), List.of()));
    }
    sources.put("elsewhere", fhir(named("127-0-0-1", stranger.port(), ""), List.of("10.0.0.0/8")));
    sources.put(
        "allowed", fhir(named("127-0-0-1", site.http.port(), "/own"), List.of("127.0.0.0/8")));
    var settings = TestSettings.of(directory.resolve("names"), sources);
    try (var service = Service.start(settings)) {
      var answer = new Caller(service.port()).get(ASKED).json();

      List<String> seen = new ArrayList<>();
      answer
          .path("failures")
          .forEach(f -> seen.add(f.path("reason").textValue() + f.path("message").textValue()));
      assertThat(answer.path("sources").toString()).isEqualTo("[\"allowed\"]");
      assertThat(seen).hasSize(labels.size() + 1);
      assertThat(seen)
          .allMatch(failure ->
              failure.startsWith("unreachable")
                  && failure.endsWith("leads to an address that is not allowed"));
    }
    assertThat(stranger.visitors()).isZero();
  }

  private static String named(String label, int port, String path) {
    return "http://" + label + TestNames.ADDRESS + ":" + port + path;
  }

  private static SourceSettings fhir(String url, List<String> allowed) {
    return TestSettings.source(
        Protocol.FHIR,
        url,
        null,
        new Fetch.Everything(),
        Set.of(Section.RESULTS),
        null,
        null,
        new ConnectionSettings(allowed.stream().map(AddressRange::parse).toList(), null));
  }

  private static ResponseDefinitionBuilder redirect(int status, String place) {
    return aResponse()
        .withStatus(status)
        .withHeader("Location", at(place).replaceAll("[^ -~]|\\\\t", ""));
  }

  private static void answers(String path, ResponseDefinitionBuilder answer) {
    answers.add(site.http.stubFor(get(urlPathMatching(path)).atPriority(1).willReturn(answer)));
  }

  private static String status(String source) throws Exception {
    for (var status : caller.get(ASKED).json().path("sourceStatus")) {
      if (status.path("source").textValue().equals(source)) {
        return status.path("status").textValue();
      }
    }
    throw new AssertionError("no such source in the answer");
  }
}
