package io.wholechart.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.wholechart.patient.ResourceBytes;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** In what pieces an answer leaves. */
class BodyTest {
  /** Remembers how long each write was. */
  private static final class Writes extends OutputStream {
    private final List<Integer> lengths = new ArrayList<>();
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    @Override
    public void write(int b) {
      throw new AssertionError("a byte by itself");
    }

    @Override
    public void write(byte[] from, int offset, int length) {
      lengths.add(length);
      all.write(from, offset, length);
    }
  }

  @Test
  void theFirstPieceHasASizeOfItsOwn() throws IOException {
    Body body = body(10, 100);
    var writes = new Writes();

    body.writeInPieces(writes, 8, 32);

    assertThat(writes.lengths).containsExactly(8, 32, 32, 32, 6);
    assertThat(writes.all.toByteArray()).isEqualTo(body.toByteArray());
  }

  @ParameterizedTest
  @CsvSource({"1000, 32, 4", "120, 1000, 1", "119, 1000, 2", "1, 1, 120"})
  void nothingIsLostWhateverTheSizes(int first, int size, int writesExpected) throws IOException {
    Body body = body(20, 100);
    var writes = new Writes();

    body.writeInPieces(writes, first, size);

    assertThat(writes.lengths).hasSize(writesExpected);
    assertThat(writes.all.toByteArray()).isEqualTo(body.toByteArray());
  }

  /** Text around a resource. */
  private static Body body(int text, int resource) {
    var builder = new Body.Builder(16);
    builder.writeBytes("a".repeat(text / 2).getBytes(StandardCharsets.US_ASCII));
    builder.insert(
        new ResourceBytes("r".repeat(resource).getBytes(StandardCharsets.US_ASCII), 0, resource));
    builder.writeBytes("z".repeat(text - text / 2).getBytes(StandardCharsets.US_ASCII));
    return builder.build();
  }
}
