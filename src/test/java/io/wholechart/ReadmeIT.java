package io.wholechart;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.hospital.Outage;
import io.wholechart.hospital.Ports;
import io.wholechart.hospital.StubHospital;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the README against the program: what it shows is what one gets. */
class ReadmeIT {
  /** What is another number each time. */
  private static final Set<String> TIMES = Set.of("responseTime", "elapsedMs");

  private final String readme = read("README.md");

  @TempDir Path directory;

  @Test
  void theAnswerThatItShowsIsTheAnswer() throws Exception {
    String url = group("curl -s 'http://127\\.0\\.0\\.1:8080(.*?)'");
    JsonNode shown = new ObjectMapper().readTree(group("(?s)```json\n(.*?)```"));
    List<String> differences = new ArrayList<>();
    try (var hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic())) {
      var settings = TestSettings.of(directory, TestSettings.hospital(hospital::url));
      try (var service = Service.start(settings)) {
        hospital.outage(
            group("make outage SOURCE=(\\w+) KIND"),
            Outage.named(group("make outage SOURCE=imaging KIND=([a-z-]+)")).orElseThrow());

        compare("", shown, new Caller(service.port()).get(url).json(), differences);
      }
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void theEntryOfTheFhirFaceThatItShowsIsInTheAnswer() throws Exception {
    String url = group("`curl -s 'http://127\\.0\\.0\\.1:8080(/fhir.*?)'`");
    JsonNode shown =
        new ObjectMapper().readTree(groups("(?s)```json\n(\\{\n  \"fullUrl.*?)```").getFirst());
    List<String> differences = new ArrayList<>();
    try (var service = HospitalService.start(directory)) {
      JsonNode bundle = service.getWhile(Outage.HANG, url, "imaging").json();

      String base = "http://127.0.0.1:" + service.service.port();
      String real = bundle.at("/entry/0").toString().replace(base, "http://127.0.0.1:8080");
      compare("", shown, new ObjectMapper().readTree(real), differences);
    }
    assertThat(differences).isEmpty();
  }

  @Test
  void everyFileThatItLinksToIsThere() {
    List<String> missing =
        groups("\\]\\(((?:src|config|LICENSE)[^)]*)\\)").stream()
            .filter(link -> !Files.exists(Path.of(link)))
            .toList();

    assertThat(missing).isEmpty();
  }

  @Test
  void everyTargetThatItNamesIsInTheMakefile() {
    String makefile = read("Makefile");

    assertThat(groups("make ([a-z-]+)(?= |`|\n)"))
        .contains("run", "test")
        .allMatch(target -> makefile.contains("\n" + target + ":"));
  }

  @Test
  void everyOutageIsDescribed() {
    assertThat(Outage.keys()).allMatch(kind -> readme.contains("`" + kind + "`"));
  }

  /** Whatever is shown is there; what is there may be more, since the README trims. */
  private static void compare(
      String path, JsonNode shown, JsonNode real, List<String> differences) {
    String name = path.substring(path.lastIndexOf('/') + 1);
    if (shown.isObject()) {
      shown
          .properties()
          .forEach(field ->
              compare(
                  path + "/" + field.getKey(),
                  field.getValue(),
                  real.path(field.getKey()),
                  differences));
    } else if (shown.isArray() && real.size() >= shown.size() && !shown.isEmpty()) {
      for (int i = 0; i < shown.size(); i++) {
        compare(path + "/" + i, shown.get(i), real.get(i), differences);
      }
    } else if (TIMES.contains(name) ? !real.isNumber() : !shown.equals(real)) {
      differences.add(path + " is " + real);
    }
  }

  private String group(String pattern) {
    return groups(pattern).getFirst();
  }

  private List<String> groups(String pattern) {
    return Pattern.compile(pattern).matcher(readme).results().map(r -> r.group(1)).toList();
  }

  private static String read(String file) {
    try {
      return Files.readString(Path.of(file), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
