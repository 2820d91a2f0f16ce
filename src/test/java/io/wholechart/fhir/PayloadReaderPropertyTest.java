package io.wholechart.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.Seed;
import io.wholechart.fhir.FhirPayload.Bundle;
import io.wholechart.fhir.FhirPayload.Single;
import io.wholechart.fhir.FhirPayload.Unreadable;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Legal JSON in every spelling is read whole; what is not legal is unreadable and nothing else. */
class PayloadReaderPropertyTest {

  @Test
  void everyResourceComesOutByteForByte() throws Exception {
    for (int round = 0; round < 1000; round++) {
      OddBundle odd = OddBundle.random(Seed.random(round));
      String as = Seed.describe(round) + ": " + new String(odd.body(), UTF_8);
      assertThat(PayloadReader.read(odd.body())).as(as).isInstanceOf(Bundle.class);
      var read = (Bundle) PayloadReader.read(odd.body());
      assertThat(read.resources().stream().map(r -> r.bytes().json()).toList())
          .as(as)
          .isEqualTo(odd.sent().stream().map(OddBundle.Sent::text).toList());
      for (int i = 0; i < odd.sent().size(); i++) {
        Resource resource = read.resources().get(i);
        OddBundle.Sent sent = odd.sent().get(i);
        assertThat(resource.type()).as(as).isEqualTo(sent.type());
        assertThat(resource.facts().id()).as(as).isEqualTo(sent.id());
        assertThat(resource.facts().fullUrl()).as(as).isEqualTo(sent.fullUrl());
      }
      assertThat(read.next()).as(as).isEqualTo(odd.next());
      assertThat(read.total()).as(as).isEqualTo(odd.total());
      assertThat(read.hasError()).as(as).isEqualTo(odd.hasError());
      assertThat(read.isHollow()).as(as).isFalse();
      assertThat(read.isSubsetted()).as(as).isEqualTo(odd.isSubsetted());
    }
  }

  @Test
  void aResourceCutOutReadsAsItDidInItsBundle() throws Exception {
    for (int round = 0; round < 500; round++) {
      var read = (Bundle) PayloadReader.read(OddBundle.random(Seed.random(round)).body());
      for (Resource resource : read.resources()) {
        assertThat(PayloadReader.readResource(resource.bytes()))
            .as(Seed.describe(round))
            .isEqualTo(resource.at(null));
      }
    }
  }

  @Test
  void cutOffAnywhereItIsUnreadable() throws Exception {
    int cuts = 0;
    for (int round = 0; round < 30; round++) {
      byte[] body = OddBundle.random(Seed.random(round)).body();
      int end = new String(body, UTF_8).stripTrailing().getBytes(UTF_8).length;
      for (int length = 0; length < end; length++) {
        assertThat(PayloadReader.read(Arrays.copyOf(body, length)))
            .as("%s, %d of %d bytes", Seed.describe(round), length, end)
            .isInstanceOf(Unreadable.class);
        cuts++;
      }
    }
    assertThat(cuts).isGreaterThan(3000);
  }

  @Test
  void damagedAnywhereItIsReadOrUnreadableAndWhatIsReadIsWhole() throws Exception {
    int unreadable = 0;
    int readable = 0;
    for (int round = 0; round < 6000; round++) {
      var random = Seed.random(round);
      byte[] body = OddBundle.random(random).body();
      for (int damage = random.nextInt(1, 4); damage > 0; damage--) {
        body[random.nextInt(body.length)] = (byte) random.nextInt(256);
      }
      switch (PayloadReader.read(body)) {
        case Unreadable _ -> unreadable++;
        case Single(var resource) -> assertWhole(resource, round);
        case Bundle bundle -> {
          readable++;
          for (Resource resource : bundle.resources()) {
            assertWhole(resource, round);
          }
        }
      }
    }
    assertThat(unreadable).as("damage that shows").isGreaterThan(200);
    assertThat(readable).as("damage within a text").isGreaterThan(200);
  }

  /** It can be put into an answer without breaking that for the other resources. */
  private static void assertWhole(Resource resource, int round) throws Exception {
    byte[] bytes = resource.bytes().toByteArray();
    assertThat(new String(bytes, UTF_8).getBytes(UTF_8))
        .as("%s: its bytes are UTF-8", Seed.describe(round))
        .isEqualTo(bytes);
    if (!resource.type().isEmpty() && !resource.type().equals("Bundle")) {
      assertThat(PayloadReader.read(bytes))
          .as("%s: its slice is a resource", Seed.describe(round))
          .isEqualTo(new Single(resource.at(null)));
    }
  }
}
