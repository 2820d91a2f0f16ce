package io.wholechart.disclosure;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CsvTest {
  @Test
  void onlyWhatWantsQuotesHasThem() throws IOException {
    assertThat(row("plain", "", "a,b", "say \"hi\"", "two\nlines"))
        .isEqualTo("plain,,\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\"\r\n");
  }

  @Test
  void aCallersNameIsNoFormula() throws IOException {
    assertThat(row("=1+1", "@cmd", "-2", "+3", "a=b"))
        .isEqualTo("\"'=1+1\",\"'@cmd\",\"'-2\",\"'+3\",a=b\r\n");
  }

  private static String row(String... values) throws IOException {
    var out = new StringBuilder();
    new Csv(out).row(List.of(values));
    return out.toString();
  }
}
