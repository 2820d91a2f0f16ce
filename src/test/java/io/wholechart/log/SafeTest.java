package io.wholechart.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.wholechart.patient.Section;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class SafeTest {
  @Test
  void aCauseIsWhatAndWhereAndNotWhatItSays() {
    var e = new IllegalArgumentException("Novak, Jane");

    assertThat(Safe.cause(e)).hasToString(e.getClass().getName() + " at " + e.getStackTrace()[0]);
  }

  @Test
  void aCauseWithoutATraceIsToldAllTheSame() {
    var e = new IllegalStateException("Novak, Jane");
    e.setStackTrace(new StackTraceElement[0]);

    assertThat(Safe.cause(e)).hasToString("java.lang.IllegalStateException");
  }

  @Test
  void whatTheSystemSaysOfAFileIsToldWhole() {
    assertThat(Safe.ofFile(new IOException("No space left on device")))
        .hasToString("java.io.IOException: No space left on device");
    assertThat(Safe.ofFile(new NoSuchFileException("data/audit/node")))
        .hasToString("java.nio.file.NoSuchFileException: data/audit/node");
  }

  /** Jackson's is an IOException as well, and quotes the text. */
  @Test
  void whatAParserSaysOfAFileIsNot() {
    var e =
        catchThrowableOfType(
            JsonProcessingException.class, () -> new ObjectMapper().readTree("{\"a\":Novak}"));

    assertThat(e).isInstanceOf(IOException.class).hasMessageContaining("Novak");
    assertThat(Safe.ofFile(e).toString()).doesNotContain("Novak").contains(e.getClass().getName());
  }

  @Test
  void theRestIsSpelledAsItIs() {
    assertThat(Safe.number(-1)).hasToString("-1");
    assertThat(Safe.configured("lab")).hasToString("lab");
    assertThat(Safe.file(Path.of("data", "ids.csv"))).hasToString("data/ids.csv");
    assertThat(Safe.requestId("r-1")).hasToString("r-1");
    assertThat(Safe.words("line 2: is blank")).hasToString("line 2: is blank");
    assertThat(Safe.type(Safe.class)).hasToString("Safe");
    assertThat(Safe.kind(Section.RESULTS)).hasToString("results");
    assertThat(Safe.kinds(List.of(Section.RESULTS, Section.ALLERGIES)))
        .hasToString("allergies, results");
  }
}
