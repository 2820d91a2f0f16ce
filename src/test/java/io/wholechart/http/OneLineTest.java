package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.wholechart.Seed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class OneLineTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void aDocumentOnManyLinesBecomesOneThatSaysTheSame() throws Exception {
    for (int round = 0; round < 200; round++) {
      RandomGenerator random = Seed.random(round);
      ArrayNode tree = JSON.createArrayNode();
      for (int i = random.nextInt(400); i > 0; i--) {
        tree.addObject().put("text", "line\r\nbreak\u2028\\n " + random.nextInt()).put("n", i);
      }
      byte[] pretty =
          JSON.writerWithDefaultPrettyPrinter()
              .writeValueAsString(tree)
              .replace("\n", random.nextBoolean() ? "\r\n" : "\n")
              .getBytes(StandardCharsets.UTF_8);
      byte[] original = pretty.clone();
      var out = new ByteArrayOutputStream();
      try (var line = new OneLine(out)) {
        for (int at = 0; at < pretty.length; ) {
          int length = Math.min(pretty.length - at, random.nextInt(1, 30_000));
          line.write(pretty, at, length);
          at += length;
        }
      }

      assertThat(out.toByteArray()).as(Seed.describe(round)).hasSize(pretty.length);
      assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain("\n", "\r");
      assertThat(JSON.readTree(out.toByteArray())).as(Seed.describe(round)).isEqualTo(tree);
      assertThat(pretty).as("the resource itself is not touched").isEqualTo(original);
    }
  }
}
