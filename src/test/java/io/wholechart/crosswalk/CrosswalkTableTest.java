package io.wholechart.crosswalk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.Seed;
import io.wholechart.crosswalk.CrosswalkTable.UnfitException;
import io.wholechart.patient.PatientId;
import io.wholechart.patient.SourceId;
import java.io.BufferedReader;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrosswalkTableTest {
  private static final String LAB = "urn:oid:1.2.3";
  private static final String PACS = "https://pacs.example/ids";
  private static final String HEADER = "id," + LAB + "," + PACS + "\n";

  @Test
  void aCellIsAnIdOrNoneOrNotKnown() throws Exception {
    CrosswalkTable table = read(HEADER + "p-1,L:77_a,-\r\np-2,, I/5 \n");
    assertThat(table.resolve(new PatientId("p-1"), LAB)).isEqualTo(found(LAB, "L:77_a"));
    assertThat(table.resolve(new PatientId("p-1"), PACS)).isEqualTo(new Resolution.NoneThere());
    assertThat(table.resolve(new PatientId("p-2"), LAB)).isInstanceOf(Resolution.Unresolved.class);
    assertThat(table.resolve(new PatientId("p-2"), PACS)).isEqualTo(found(PACS, "I/5"));
    assertThat(table.resolve(new PatientId("p-3"), LAB)).isInstanceOf(Resolution.Unresolved.class);
    assertThat(table.resolve(new PatientId("p-1"), "urn:oid:9"))
        .isInstanceOf(Resolution.Unresolved.class);
  }

  @Test
  void aByteOrderMarkAndTheOrderOfColumnsDoNotMatter() throws Exception {
    CrosswalkTable table = read("\uFEFFid," + PACS + "," + LAB + "\np-1,I-5,L-7\n");
    assertThat(table.resolve(new PatientId("p-1"), LAB)).isEqualTo(found(LAB, "L-7"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p-1,a | line 2: has 2 cells and not 3",
        "p-1,a,b,c | line 2: has 4 cells and not 3",
        "p 1,a,b | line 2: begins with what is no id",
        ",a,b | line 2: begins with what is no id",
        "p-1,a*,b | line 2: has what is no id in column 2",
        "p-1,a,b^c | line 2: has what is no id in column 3",
        "p-1,\"a\",b | line 2: has what is no id in column 2",
        "p-1,a,.. | line 2: has what is no id in column 3",
        "p-1,a,b;p-1,c,d | line 3: is a second row of one id",
        "p-1,a,b;p-2,a,d | line 3: has an id in column 2 that another row has as well",
        "p-1,a,b;;p-2,c,d | line 3: is blank",
        "p-1,a,b;p-2,c,d;p-3,e,f;p-4,g,h | line 5: is one more than maxRows allows"
      })
  void whatIsWrongInALineIsSaidWithTheLine(String rows, String problem) {
    assertThatThrownBy(() -> read(HEADER + rows.replace(';', '\n')))
        .isInstanceOf(UnfitException.class)
        .hasMessage(problem);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "id\np-1\n",
        "patient,urn:oid:1.2.3,https://pacs.example/ids\n",
        "id,urn:oid:1.2.3\np-1,a\n",
        "id,urn:oid:1.2.3,https://pacs.example/ids,urn:oid:1.2.3\n",
        "id,urn:oid:1.2.3,https://pacs.example/ids,\n"
      })
  void theHeaderHasEverySystemThatASourceWants(String text) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(UnfitException.class)
        .hasMessageStartingWith("line 1: ");
  }

  @Test
  void noMessageRepeatsWhatStandsThere() {
    assertThatThrownBy(() -> read(HEADER + "p-1,Miller Jane,b\n"))
        .message()
        .doesNotContain("Miller", "p-1");
  }

  @Test
  void everyRowIsFoundAndNoneElse() throws Exception {
    for (int round = 0; round < 200; round++) {
      RandomGenerator random = Seed.random(round);
      Map<String, String> ids = new HashMap<>();
      var text = new StringBuilder("id," + LAB + "\n");
      for (int i = random.nextInt(50); i > 0; i--) {
        String id = "p-" + random.nextInt(100);
        if (ids.putIfAbsent(id, "l" + i + "_" + random.nextInt(9)) == null) {
          text.append(id).append(',').append(ids.get(id)).append('\n');
        }
      }
      CrosswalkTable table = CrosswalkTable.read(reader(text.toString()), Set.of(LAB), 1000);
      for (int i = 0; i < 100; i++) {
        String id = "p-" + i;
        Resolution resolution = table.resolve(new PatientId(id), LAB);
        if (ids.containsKey(id)) {
          assertThat(resolution).as(Seed.describe(round)).isEqualTo(found(LAB, ids.get(id)));
        } else {
          assertThat(resolution).as(Seed.describe(round)).isInstanceOf(Resolution.Unresolved.class);
        }
      }
    }
  }

  private static Resolution found(String system, String value) {
    return new Resolution.Found(new SourceId(system, value));
  }

  private static CrosswalkTable read(String text) throws Exception {
    return CrosswalkTable.read(reader(text), Set.of(LAB, PACS), 3);
  }

  private static BufferedReader reader(String text) {
    return new BufferedReader(new StringReader(text));
  }
}
