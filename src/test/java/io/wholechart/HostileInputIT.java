package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Caller.Answered;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Ids and paths that mean something else further down: none gets as far as a source. Each is sent
 * byte by byte, since a client library would mend or refuse it.
 */
class HostileInputIT {
  /** What stands where an id should; as a path segment, and so already encoded. */
  private static final List<String> IDS =
      List.of(
          // traversal
          ".",
          "..",
          "%2e",
          "%2e%2e",
          "%2E%2e",
          ".%2e",
          "..%2f..%2fetc%2fpasswd",
          "..%5c..%5cwindows",
          "p-1001%2f..%2fp-1002",
          "%2e%2e%2f",
          "%2e%2e/",
          "..;",
          "..;a=b",
          "..%00",
          "..%c0%af",
          "%c0%ae%c0%ae",
          "%e0%80%ae",
          "%252e%252e%252f",
          "%25252e",
          "p-1001%2f$everything",
          "p-1001%2F",
          "%2Fp-1001",
          "p-1001%5c",
          // NUL, line ends and other controls
          "%00",
          "p-1001%00",
          "p-1001%00.json",
          "p-1001%0a",
          "p-1001%0d%0aHost:evil",
          "p-1001%0d%0a%0d%0aGET%20/",
          "p-1001%09",
          "p-1001%0b",
          "p-1001%1b[31m",
          "p-1001%7f",
          "p-1001%c2%85",
          "p-1001%e2%80%a8",
          // wildcards and separators of DICOM, HL7 v2, FHIR, SQL, LDAP and shells
          "*",
          "p-1*",
          "p-100%3f",
          "%2a",
          "p-1001%5cp-1002",
          "p-1001%7cp-1002",
          "p-1001%5e",
          "p-1001~p-1002",
          "p-1001%26patient=p-1002",
          "p-1001&patient=p-1002",
          "p-1001,p-1002",
          "p-1001%2cp-1002",
          "p-1001%24",
          "$everything",
          "_search",
          "_history",
          "p-1001%3d",
          "p-1001=1",
          "p-1001'",
          "p-1001'%20OR%20'1'='1",
          "p-1001%22",
          "p-1001);DROP%20TABLE",
          "p-1001--%20;",
          "(uid=*)",
          "$(id)",
          "%60id%60",
          "%7bid%7d",
          "$%7bjndi:ldap://127.0.0.1/a%7d",
          "%7b%7b7*7%7d%7d",
          "%3Cscript%3E",
          "p-1001%23",
          "p-1001%3fpatient=p-1002",
          "p-1001+",
          "p-1001%2b",
          "p-1001%20",
          "%20p-1001",
          "p%201001",
          // encodings
          "p-1001%",
          "p-1001%2",
          "p-1001%zz",
          "p-1001%u002e",
          "p-1001%25",
          "p-1001%252f",
          "%70-1001%2f",
          "p-1001%ff",
          "p-1001%fe%ff",
          "%ed%a0%80",
          "%f4%90%80%80",
          "p-1001%c3",
          // look-alikes
          "%D1%80-1001", // Cyrillic er
          "p%E2%80%901001", // hyphen
          "p%E2%88%921001", // minus
          "p%EF%BC%8D1001", // full width
          "%EF%BD%90-1001",
          "p-%EF%BC%911001",
          "p-%D9%A1001", // Arabic digit
          "p-1%E2%80%8B001", // zero width space
          "p-1001%E2%80%AE", // right to left
          "%EF%BB%BFp-1001", // byte order mark
          "p-1001%CC%81", // combining
          "p-%F0%9D%9F%8F001", // mathematical
          "%C5%81ukasiewicz",
          "%E2%80%A6", // one character that normalises to three dots
          "%EF%BC%8E%EF%BC%8E", // full width dots
          "%EF%BC%8Fp-1001", // full width slash
          // parameters in the path
          "p-1001;patient=p-1002",
          "p-1001;",
          ";p-1001",
          "p-1001%3b",
          "p-1001:8080",
          "p-1001@127.0.0.1",
          "http:%2f%2f127.0.0.1",
          "http:",
          "urn:oid:1.2.3",
          "Patient%2Fp-1001",
          // length
          "x".repeat(65),
          "x".repeat(1000),
          "..".repeat(400),
          "%2e".repeat(500),
          "%F0%9F%98%80".repeat(100),
          "x".repeat(5000));

  private static final List<String> PATHS =
      List.of(
          "/patients/p-1001/..",
          "/patients/./p-1001/x",
          "/patients/../admin",
          "/patients//p-1001",
          "/patients/./p-1001",
          "/patients/../patients/p-1001",
          "/fhir/%2e%2e/patients/p-1001",
          "/observe/..%2fpatients/p-1001",
          "/fhir//Patient/p-1001/$everything",
          "/fhir/Patient%2fp-1001",
          "//patients/p-1001/",
          "/patients/p-1001/../p-1002/x",
          "/patients/p-1001%2f..%2fp-1002",
          "/patients%2fp-1001",
          "/patients%00/p-1001",
          "/PATIENTS/p-1001",
          "/patients/p-1001?urgency=normal&urgency=emergency",
          "/patients/p-1001?urgency=normal&urgency%00=x",
          "/patients/p-1001?patient=p-1002",
          "/patients/p-1001?id=p-1002",
          "/patients/p-1001?_id=p-1002",
          "/patients/p-1001?urgency=normal;urgency=emergency",
          "/patients/p-1001?urgency[]=normal",
          "/patients/p-1001?urgency=emergency%00",
          "/patients/p-1001?URGENCY=emergency",
          "/patients/p-1001?require=results%2Cimaging%00",
          "/patients/p-1001?require=*",
          "/patients/p-1001?minSources=%D9%A1",
          "/patients/p-1001?minSources=0x1",
          "/patients/p-1001?minSources=1e1",
          "/patients/p-1001?" + "a=1&".repeat(300),
          "/patients/_batch",
          "/patients/_search?identifier=p-1001",
          "/fhir/Patient",
          "/fhir/Patient?name=Ellison",
          "/fhir/Patient?identifier=*",
          "/fhir/Patient?identifier=a%7Cb%7Cc",
          "/fhir/Patient?identifier=urn:x%7C*",
          "/fhir/Patient?identifier=urn:x%7Cp-1&identifier=urn:x%7Cp-2",
          "/fhir/Patient?identifier:missing=true",
          "/fhir/Patient?_has:Observation:patient:code=1234",
          "/fhir/Patient/p-1001/$everything?_type=*",
          "/fhir/Patient/p-1001/$everything?_include=*",
          "/fhir/Patient/p-1001/$everything?patient=p-1002",
          "/fhir/Patient/p-1001/$export",
          "/fhir/Patient/p-1001/_history/1",
          "/fhir/Patient/p-1001/Observation",
          "/fhir/Observation?patient=p-1001",
          "/fhir/../patients",
          "/fhir/Patient/..%2fObservation/$everything",
          "http://127.0.0.1/patients/%2e%2e",
          "/observe/../patients",
          "*",
          "\\patients\\p-1001");

  @TempDir static Path directory;
  private static StubHospital hospital;
  private static final Map<String, Relay> relays = new LinkedHashMap<>();
  private static Service service;
  private static Caller caller;

  @BeforeAll
  static void start() throws Exception {
    hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
    for (String source : new String[] {"ehr", "lab", "imaging", "pharmacy"}) {
      relays.put(source, new Relay(hospital.url(source)));
    }
    service =
        Service.start(
            TestSettings.of(directory, TestSettings.hospital(name -> relays.get(name).url())));
    caller = new Caller(service.port());
  }

  /**
   * Each attempt looks for calls at the relays; here is the proof that they would have seen one.
   */
  @AfterAll
  static void stop() throws Exception {
    try {
      assertThat(caller.get("/patients/p-1001").status()).isEqualTo(200);
      for (Relay relay : relays.values()) {
        assertThat(relay.connections()).isNotEmpty();
      }
    } finally {
      service.close();
      hospital.close();
      for (Relay relay : relays.values()) {
        relay.close();
      }
    }
  }

  static Stream<Arguments> attempts() {
    Stream<String> single = IDS.stream().map(id -> "/patients/" + id);
    Stream<String> everything = IDS.stream().map(id -> "/fhir/Patient/" + id + "/$everything");
    Stream<String> summary = IDS.stream().map(id -> "/fhir/Patient/" + id + "/$summary");
    Stream<String> read = IDS.stream().map(id -> "/fhir/Patient/" + id);
    return Stream.of(single, everything, summary, read, PATHS.stream())
        .flatMap(paths -> paths)
        .map(path -> Arguments.of(path.length() > 60 ? path.length() + " characters" : path, path));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("attempts")
  void noneReachesASource(String name, String path) throws Exception {
    String answer =
        caller.sendRaw("GET " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

    assertThat(answer).matches("(?s)HTTP/1\\.1 4[0-9][0-9] .*").doesNotContain("Evil", "script>");
    assertThat(answer.split("HTTP/1\\.1 ", -1)).hasSize(2);
    assertNoSourceHeard();
  }

  static Stream<String> bodies() {
    return Stream.concat(
        IDS.stream()
            .map(id -> id.replace("\\", "\\\\").replace("\"", "\\\""))
            .map(id -> "{\"ids\":[\"" + id + "\"]}"),
        Stream.of(
            "{\"ids\":[\"p-1001\",\"p-1001\"]}",
            "{\"ids\":[\"p-1001\"],\"ids\":[\"p-1002\"]}",
            "{\"ids\":\"p-1001\"}",
            "{\"ids\":[[\"p-1001\"]]}",
            "{\"ids\":[{\"$ne\":null}]}",
            "{\"ids\":[null]}",
            "{\"ids\":[1001]}",
            "{\"ids\":[\"p-1001\\u0000\"]}",
            "{\"ids\":[\"\\u0440-1001\"]}",
            "{\"ids\":[\"p-1001\"],\"urgency\":\"emergency\\u0000\"}",
            "{\"ids\":[\"p-1001\"],\"__proto__\":{}}",
            "[".repeat(30_000)));
  }

  @ParameterizedTest
  @MethodSource("bodies")
  void norDoesOneInABatch(String body) throws Exception {
    Answered answered = caller.post("/patients/_batch", "application/json", body);

    assertThat(answered.status()).isEqualTo(400);
    assertNoSourceHeard();
  }

  /** An id that is encoded without need is the id, and nobody else's. */
  @ParameterizedTest
  @MethodSource("identifiers")
  void norDoesOneThatIsSearchedFor(String value) throws Exception {
    Answered answered =
        caller.get(
            "/fhir/Patient?identifier=urn:wholechart:patient%7C"
                + URLEncoder.encode(value, StandardCharsets.UTF_8));

    assertThat(answered.status()).isIn(200, 400, 414);
    if (answered.status() == 200) { // a number that nobody can have
      assertThat(answered.json().path("total").intValue()).isZero();
    }
    assertNoSourceHeard();
  }

  static Stream<String> identifiers() {
    return Stream.of(
        "*",
        "p-100?",
        "p-1001\\p-1002",
        "p-1001^^^",
        "..",
        ".",
        "../p-1001",
        "p-1001/../p-1002",
        "p-1001&patient=p-1002",
        "p-1001 ",
        "р-1001",
        "p-1001\u0000",
        "p\u20101001",
        "http://127.0.0.1/",
        "//127.0.0.1",
        "p-1001#",
        "p-1001?x=1",
        "p-1001%2e",
        "x".repeat(65),
        "x".repeat(3000));
  }

  private static void assertNoSourceHeard() {
    for (Relay relay : relays.values()) {
      assertThat(relay.drain()).isEmpty();
    }
  }
}
