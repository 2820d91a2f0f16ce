package io.wholechart.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What stops the start: unknown keys, wrong types, impossible values; and what is said of them. */
class UnfitSettingsTest {
  @TempDir Path directory;
  private Layers layers;

  @BeforeEach
  void begin() {
    layers = new Layers(directory);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{server: {prot: 1}} | server.prot | server.port",
        "{srever: {port: 1}} | srever | server",
        "{srever: 1} | srever | server",
        "{deadline: {emergancy: 1s}} | deadline.emergancy | deadline.emergency",
        "{sources: {lab: {Url: x}}} | sources.lab.Url | sources.lab.url",
        "{sources: {lab: {max-pages: 1}}} | sources.lab.max-pages | sources.lab.maxPages",
        "{sources: {lab: {timeout: {urgnt: 1s}}}} | sources.lab.timeout.urgnt | sources.lab.timeout.urgent",
        "{sources: {lab: {auth: {type: basic, secretFile: x, file: y}}}} | sources.lab.auth.file | sources.lab.auth.type",
        "{sources: {lab: {auth: {type: basic, secret_file: x}}}} | sources.lab.auth.secret_file | sources.lab.auth.secretFile",
        "{sourceDefaults: {maxPage: 1}} | sourceDefaults.maxPage | sourceDefaults.maxPages",
        "{sourceDefaults: {url: 'http://x'}} | sourceDefaults.url | sourceDefaults.part2",
        "{sourceDefaults: {breaker: {windw: 1s}}} | sourceDefaults.breaker.windw | sourceDefaults.breaker.window",
        "{sources: {lab: {hedge: {max: 1}}}} | sources.lab.hedge.max | sources.lab.hedge.maxPercent",
        "{sourceDefaults: {timeout: {urgnt: 1s}}} | sourceDefaults.timeout.urgnt | sourceDefaults.timeout.urgent",
        "{source: {lab: {url: x}}} | source | sources"
      })
  void anUnknownKeyIsToldWithItsFileAndTheNearestThatThereIs(
      String yaml, String key, String nearest) {
    assertThat(layers.file("\n" + yaml).problems().lines())
        .contains("a.yaml:2: " + key + " is not a setting; did you mean " + nearest + "?");
  }

  @ParameterizedTest
  @CsvSource({
    "WHOLECHART_SERVER_PROT, WHOLECHART_SERVER_PORT",
    "WHOLECHART_SOURCES_LAB_URI, WHOLECHART_SOURCES_LAB_URL",
    "WHOLECHART_SOURCES_NONE_MAXPAGES, WHOLECHART_SOURCES_LAB_MAXPAGES",
    "WHOLECHART_SERVER, WHOLECHART_SERVER_PORT"
  })
  void anUnknownVariableIsToldWithTheNearestThatThereIs(String name, String nearest) {
    assertThat(layers.environment(name, "1").problems())
        .startsWith("environment: " + name + " is not a setting; did you mean WHOLECHART_");
    assertThat(Schema.nearest(name, java.util.List.of(nearest, "WHOLECHART_AUDIT_DIRECTORY")))
        .isEqualTo(nearest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"server.prot", "srever.port", "srever", "", ".", "server..port", "a.b.c"})
  void anUnknownFlagIsToldByItsName(String key) {
    assertThat(layers.flag(key, "1").problems()).startsWith("flag --set " + key + ": ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "server: 8080 | server must be a block of keys",
        "server: [8080] | server must be a block of keys",
        "server: {port: eighty} | server.port must be a whole number, or a size such as 16MiB",
        "server: {port: 80.5} | server.port must be a whole number, or a size such as 16MiB",
        "server: {port: true} | server.port must be a whole number, or a size such as 16MiB",
        "server: {port: {a: 1}} | server.port must be a whole number, or a size such as 16MiB",
        "server: {port: 9999999999} | server.port must be a whole number, or a size such as 16MiB",
        "server: {port: -1} | server.port must lie between 0 and 65535",
        "server: {port: 65536} | server.port must lie between 0 and 65535",
        "server: {host: 5} | server.host must be a text",
        "server: {host: ' '} | server.host is empty",
        "deadline: {normal: 5} | deadline.normal must be a duration such as 800ms, 2s, 1m or PT2S",
        "deadline: {normal: 6m} | deadline.normal must be longer than zero and at most 5m",
        "deadline: {normal: -PT1S} | deadline.normal must be longer than zero and at most 5m",
        "audit: {directory: [a]} | audit.directory must be a path",
        "identity: {suspect: hide} | identity.suspect must be one of withhold, show",
        "identity: {crosswalk: same} | identity.crosswalk must be",
        "identity: {crosswalk: {type: mpi}} | identity.crosswalk.type must be one of same, csv, pixm",
        "identity: {crosswalk: {type: csv}} | identity.crosswalk.file goes with type csv",
        "identity: {crosswalk: {file: ids.csv}} | identity.crosswalk.file goes with type csv",
        "identity: {crosswalk: {type: pixm}} | identity.crosswalk.url goes with type pixm",
        "identity: {crosswalk: {type: pixm, url: 'http://mpi'}} | identity.crosswalk.system is missing",
        "identity: {crosswalk: {type: pixm, url: 'mpi', system: 's:1'}} | identity.crosswalk.url is not an http",
        "identity: {crosswalk: {type: pixm, url: 'http://10.9.9.9', system: 's:1', connection: {allowAddresses: [10.1.0.0/16]}}} | identity.crosswalk.connection has allowAddresses without",
        "identity: {crosswalk: {connection: {tls: {trustFile: nowhere.pem}}}} | identity.crosswalk.connection.tls",
        "identity: {crosswalk: {maxRows: 0}} | identity.crosswalk.maxRows must be at least 1",
        "identity: {crosswalk: {reload: 0s}} | identity.crosswalk.reload must be longer than zero",
        "identity: {crosswalk: {cacheEntries: -1}} | identity.crosswalk.cacheEntries must be at least 0",
        "identity: {crosswalk: {sytem: x}} | identity.crosswalk.sytem is not a setting; did you mean identity.crosswalk.system?",
        "consent: {breakGlass: {lasts: 16m}} | consent.breakGlass.lasts must be longer than zero and at most 15m",
        "consent: {breakGlass: {codes: []}} | consent.breakGlass.codes must name at least one",
        "consent: {openTo: [BTG]} | consent.openTo names BTG",
        "consent: {denyList: {reload: 0s}} | consent.denyList.reload must be longer than zero",
        "consent: {denyList: {file: nowhere.csv}} | consent.denyList.file names a file that cannot be read",
        "consent: {showWitheld: true} | consent.showWitheld is not a setting; did you mean consent.showWithheld?",
        "sources: {lab: {idSystem: 'wcgh'}} | sources.lab.idSystem is not an absolute URI",
        "sources: {lab: {idSystem: ''}} | sources.lab.idSystem is not an absolute URI",
        "sources: [lab] | sources must be a block of keys",
        "sources: {lab: hl7v2} | sources.lab must be a block of keys",
        "sources: {lab: {protocol: soap}} | sources.lab.protocol must be one of fhir, hl7v2, dicomweb",
        "sources: {lab: {protocol: FHIR}} | sources.lab.protocol must be one of fhir, hl7v2, dicomweb",
        "sources: {lab: {protocol: ''}} | sources.lab.protocol must be one of fhir, hl7v2, dicomweb",
        "sources: {lab: {protocol: 1}} | sources.lab.protocol must be one of fhir, hl7v2, dicomweb",
        "sources: {lab: {url: 'ftp://lab'}} | sources.lab.url is not an http or https URL with a host",
        "sources: {lab: {url: 'http://a b'}} | sources.lab.url must be a URL",
        "sources: {lab: {url: 'http:///x'}} | sources.lab.url is not an http or https URL with a host",
        "sources: {lab: {url: 'http://u:p@lab'}} | sources.lab.url carries a query, a fragment or a user",
        "sources: {lab: {url: 'http://lab?x=1'}} | sources.lab.url carries a query, a fragment or a user",
        "sources: {lab: {url: 'http://lab:99999'}} | sources.lab.url has a port that lies not between 1 and 65535",
        "sources: {lab: {path: '/results'}} | sources.lab.path must begin with / and contain {id}",
        "sources: {lab: {path: 'r?p={id}'}} | sources.lab.path must begin with / and contain {id}",
        "sources: {lab: {path: '/r?p={id} '}} | sources.lab.path holds what no URL may",
        "sources: {lab: {path: '/r?p={id}#x'}} | sources.lab.path holds what no URL may",
        "sources: {lab: {path: null}} | sources.lab.path is missing",
        "sources: {lab: {fetch: everything}} | sources.lab.fetch is for fhir sources only",
        "sources: {ehr: {path: '/x/{id}'}} | sources.ehr.path is for hl7v2 sources only",
        "sources: {ehr: {fetch: null}} | sources.ehr.fetch is missing",
        "sources: {ehr: {fetch: all}} | sources.ehr.fetch must be everything, or a list of resource types",
        "sources: {ehr: {fetch: []}} | sources.ehr.fetch names no resource type",
        "sources: {ehr: {fetch: [observation]}} | sources.ehr.fetch names a type that is not FHIR's",
        "sources: {ehr: {fetch: ['Patient?x=1&']}} | sources.ehr.fetch names a type that is not FHIR's",
        "sources: {ehr: {fetch: [1]}} | sources.ehr.fetch must be everything, or a list of resource types",
        "sources: {lab: {sections: []}} | sources.lab.sections is empty",
        "sources: {lab: {sections: results}} | sources.lab.sections must be a list, such as [results, imaging]",
        "sources: {lab: {sections: [result]}} | sources.lab.sections must be one of patient, allergies",
        "sources: {lab: {sections: [results, null]}} | sources.lab.sections must be",
        "sources: {lab: {timeout: 5s}} | sources.lab.timeout must be a block of keys",
        "sources: {lab: {timeout: {urgent: 0s}}} | sources.lab.timeout must be longer than zero",
        "sources: {lab: {timeout: {urgent: 5}}} | sources.lab.timeout.urgent must be a duration",
        "sources: {lab: {auth: secret}} | sources.lab.auth must be a block with type and secretFile",
        "sources: {lab: {auth: {type: digest, secretFile: x}}} | sources.lab.auth.type must be one of basic, bearer",
        "sources: {lab: {auth: {type: basic}}} | sources.lab.auth.secretFile is missing",
        "sources: {lab: {url: null}} | sources.lab.url is missing",
        "sources: {lab: {urls: ['http://x']}} | sources.lab.urls stands beside url",
        "sources: {lab: {url: null, urls: []}} | sources.lab.urls is empty",
        "sources: {lab: {url: null, urls: ['http://x', 'ftp://x']}} | sources.lab.urls is not an http",
        "sources: {lab: {breaker: {window: 500ms}}} | sources.lab.breaker.window must be whole seconds",
        "sources: {lab: {breaker: {failurePercent: 0}}} | sources.lab.breaker.failurePercent must be",
        "sources: {lab: {rate: {callsPerSecond: -1}}} | sources.lab.rate.callsPerSecond must be",
        "sources: {lab: {hedge: {maxPercent: 51}}} | sources.lab.hedge.maxPercent must be from 0 to 50",
        "sources: {lab: {payload: {maxDepth: 0}}} | sources.lab.payload.maxDepth must be from 1 to 1000",
        "sources: {lab: {maxPages: 0}} | sources.lab.maxPages must be at least 1",
        "sources: {lab: {maxBodyBytes: 2GiB}} | sources.lab.maxBodyBytes must be a whole number",
        "sources: {lab: {maxConcurrentCalls: 0}} | sources.lab.maxConcurrentCalls must be at least 1"
      })
  void aValueThatCannotBeUsedIsToldWithItsFileAndKey(String yaml, String problem) {
    assertThat(layers.file("\n\n" + yaml).problems()).startsWith("a.yaml:3: " + problem);
  }

  @ParameterizedTest
  @CsvSource({
    "server, server is missing", "sources.lab.protocol, sources.lab.protocol is missing",
    "sources.lab.url, sources.lab.url is missing", "server.port, server.port is missing",
    "audit.directory, audit.directory is missing"
  })
  void aKeyThatWasTakenAwayIsMissing(String key, String problem) {
    assertThat(layers.flag(key, "null").problems()).contains(problem);
  }

  @Test
  void twoSocketsCannotHaveOnePort() {
    assertThat(layers.file("admin:\n  port: 8080").problems())
        .startsWith("a.yaml:2: admin.port is the same as server.port");
  }

  @Test
  void anyFreePortMayBeAskedForTwice() {
    assertThat(layers.file("admin: {port: 0}\nserver: {port: 0}").load().admin().port()).isZero();
  }

  @Test
  void aSourceMayOnlyHaveLessTimeThanTheRequest() {
    assertThat(layers.file("sources: {lab: {timeout: {emergency: 3s}}}").problems())
        .startsWith("a.yaml:1: sources.lab.timeout.emergency is longer than deadline.emergency");
    assertThat(new Layers(directory).file("sources: {lab: {timeout: {emergency: 2s}}}").load())
        .isNotNull();
  }

  @Test
  void withoutAnySourceThereIsNothingToAsk() {
    assertThat(
            layers
                .file("sources: {ehr: null, lab: null, imaging: null, pharmacy: null}")
                .problems())
        .contains("sources is empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Lab", "lab_2", "2lab", "a.b", "läb", "a b"})
  void aSourcesNameIsALabelAndAPath(String name) {
    String block = "{protocol: dicomweb, url: 'http://x', sections: [imaging]}";

    assertThat(layers.file("sources: {'" + name + "': " + block + "}").problems())
        .contains("sources." + name + " is not a source's name");
  }

  @Test
  void aSecretIsOneLineInAFileThatCanBeRead() throws Exception {
    String none = problemsWithSecret(directory.resolve("none"));
    String empty = problemsWithSecret(Files.writeString(directory.resolve("empty"), " \n"));
    String two = problemsWithSecret(Files.writeString(directory.resolve("two"), "hunter2\nb\n"));

    assertThat(none).contains("sources.ehr.auth.secretFile names a file that cannot be read");
    assertThat(empty).contains("does not hold one line");
    assertThat(two).contains("does not hold one line").doesNotContain("hunter2");
  }

  @Test
  void withACrosswalkEverySourceSaysWhoseIdsItHas() throws Exception {
    Path ids = Files.writeString(directory.resolve("ids.csv"), "id,urn:oid:1\n");
    String crosswalk = "identity: {crosswalk: {type: csv, file: '%s'}}\n".formatted(ids);
    assertThat(layers.file(crosswalk).problems())
        .contains("sources.ehr.idSystem is missing", "sources.pharmacy.idSystem is missing");
    String own = "{idSystem: 'urn:oid:1'}";
    String systems = "sources: {ehr: %s, lab: %s, imaging: %s, pharmacy: %s}";
    assertThat(
            new Layers(directory)
                .file(crosswalk + systems.formatted(own, own, own, own))
                .load()
                .identity()
                .crosswalk()
                .file())
        .isEqualTo(ids);
    assertThat(
            new Layers(directory)
                .file("identity: {crosswalk: {type: csv, file: '/none/ids.csv'}}")
                .problems())
        .contains("identity.crosswalk.file names a file that cannot be read: /none/ids.csv");
  }

  private String problemsWithSecret(Path file) {
    return new Layers(directory)
        .file("sources: {ehr: {auth: {type: bearer, secretFile: '" + file + "'}}}")
        .problems();
  }
}
