package io.wholechart.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.wholechart.Seed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class YamlFileTest {
  @TempDir Path directory;
  private Layers layers;

  @BeforeEach
  void begin() {
    layers = new Layers(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing\n", "---\n", "null", "~", "{}"})
  void aFileThatSaysNothingChangesNothing(String yaml) {
    assertThat(layers.file(yaml).load()).isEqualTo(new Layers(directory).load());
  }

  @ParameterizedTest
  @ValueSource(strings = {"server", "[server]", "8080", "- server: 1"})
  void aFileWithoutKeysIsRefused(String yaml) {
    assertThat(layers.file(yaml).problems()).startsWith("a.yaml: cannot be read: holds no keys");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: {port: 1, port: 2}",
        "server:\n  port: 1\n  port: 2",
        "server: {}\nserver: {}"
      })
  void aKeyThatStandsTwiceIsRefused(String yaml) {
    assertThat(layers.file(yaml).problems()).startsWith("a.yaml:").contains("stands twice");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: &s {port: 1}\nadmin: *s",
        "server: &s {port: 1}\nadmin: {<<: *s}",
        "server: {host: &h localhost}\nadmin: {host: *h}",
        "server: {host: *nobody}",
        "sources: {pharmacy: {fetch: [&a Patient, *a]}}"
      })
  void anAliasIsRefused(String yaml) {
    assertThat(layers.file(yaml).problems()).startsWith("a.yaml:").contains("alias");
  }

  @Test
  void aBombOfAliasesIsRefusedAtTheFirst() {
    var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
    for (int i = 1; i < 40; i++) {
      bomb.append("a" + i + ": &a" + i + " [" + ("*a" + (i - 1) + ", ").repeat(10) + "]\n");
    }

    assertThat(layers.file(bomb.toString()).problems()).startsWith("a.yaml:2:").contains("alias");
  }

  @Test
  void aSecondDocumentIsRefusedAndNotForgotten() {
    assertThat(layers.file("server: {port: 1}\n---\nserver: {port: 2}\n").problems())
        .startsWith("a.yaml")
        .contains("more than one document");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "server: {port: 1",
        "server:\n\tport: 1",
        "server: port: 1",
        "'",
        "a: b\n c: d",
        "%",
        "@x: 1",
        "server: !!x:y [",
        "? [a, b]\n: c"
      })
  void whatIsNotWellFormedIsToldWithItsPlace(String yaml) {
    assertThat(layers.file(yaml).problems()).startsWith("a.yaml:").doesNotContain("Exception");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[", "{a: ", "- ", "a:\n"})
  void whatIsNestedWithoutEndIsRefused(String part) {
    String yaml =
        part.equals("a:\n")
            ? java.util.stream.IntStream.range(0, 500)
                .mapToObj(i -> " ".repeat(i) + "a:\n")
                .collect(java.util.stream.Collectors.joining())
            : part.repeat(100_000);

    assertThat(layers.file(yaml).problems()).startsWith("a.yaml").hasSizeLessThan(2000);
  }

  @Test
  void aNumberThatNothingCanHoldIsRefused() {
    assertThat(layers.file("server: {port: 99999999999999999999999}").problems())
        .startsWith("a.yaml");
  }

  @Test
  void aFileThatIsNotThereIsADirectoryIsTooLargeOrIsNotTextIsToldAsThat() throws Exception {
    Path large = Files.writeString(directory.resolve("large"), "# " + "x".repeat(1 << 20));
    Path latin = directory.resolve("latin");
    Files.write(latin, "a: \u00E9".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(layers.file(directory.resolve("none")).problems())
        .isEqualTo("none: there is no such file");
    assertThat(new Layers(directory).file(directory).problems()).contains("is a directory");
    assertThat(new Layers(directory).file(large).problems()).contains("larger than 1 MiB");
    assertThat(new Layers(directory).file(latin).problems()).startsWith("latin: cannot be read");
  }

  @Test
  void whateverAFileHoldsIsAConfigurationOrToldWithAProblem() throws Exception {
    byte[] shipped = Files.readAllBytes(Layers.SHIPPED);
    for (int round = 0; round < 1500; round++) {
      RandomGenerator random = Seed.random(round);
      byte[] mutated = shipped.clone();
      for (int i = random.nextInt(1, 6); i > 0; i--) {
        mutated[random.nextInt(mutated.length)] =
            (byte) "{}[]:,&*!|>'\"%@`#- \n\t?0a".charAt(random.nextInt(24));
      }
      Path file = Files.write(directory.resolve("mutated.yaml"), mutated);

      Throwable thrown = catchThrowable(() -> new Layers(directory).file(file).load());
      assertThat(thrown == null || thrown instanceof InvalidSettingsException)
          .as("%s: %s", Seed.describe(round), thrown)
          .isTrue();
    }
  }
}
