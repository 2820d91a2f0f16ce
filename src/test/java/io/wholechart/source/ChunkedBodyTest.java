package io.wholechart.source;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.helidon.common.buffers.DataReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkedBodyTest {
  private static final int MOST = 1 << 20;

  @Test
  void chunksAreOneBody() throws IOException {
    assertThat(read("4\r\nWiki\r\n5\r\npedia\r\n0\r\n\r\n", 7, MOST)).isEqualTo("Wikipedia");
  }

  @Test
  void bodyMayBeEmpty() throws IOException {
    assertThat(read("0\r\n\r\n", 7, MOST)).isEmpty();
  }

  @Test
  void extensionsAndTrailersAreDropped() throws IOException {
    assertThat(read("a ;name=\"v\"\r\n0123456789\r\n000\r\nExpires: 0\r\nX: y\r\n\r\n", 7, MOST))
        .isEqualTo("0123456789");
  }

  @Test
  void whatFollowsIsLeftToTheNext() throws IOException {
    var in = new Wire("1\r\na\r\n0\r\n\r\nHTTP/1.1 200".getBytes(US_ASCII), 100);
    in.body(MOST);
    assertThat(in.reader.available()).isEqualTo("HTTP/1.1 200".length());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\r\n",
        "-1\r\n",
        "+1\r\na\r\n",
        "0x1\r\na\r\n",
        "1 1\r\na\r\n",
        "g\r\n",
        ";a\r\n",
        "1\r\nab\r\n0\r\n\r\n",
        "00000000000000001\r\na\r\n0\r\n\r\n",
        "1\na\n0\n\n",
      })
  void anythingElseIsNoChunk(String wire) {
    assertThatThrownBy(() -> read(wire, 7, MOST))
        .isInstanceOfAny(
            IllegalArgumentException.class, DataReader.IncorrectNewLineException.class);
  }

  @Test
  void endlessLineIsNoChunk() {
    assertThatThrownBy(() -> read("1;" + "x".repeat(5000), 700, MOST))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "4\r\nWi", "4\r\nWiki", "4\r\nWiki\r\n", "0\r\n", "0\r\nX: y\r\n"})
  void brokenOffIsBrokenOff(String wire) {
    assertThatThrownBy(() -> read(wire, 7, MOST))
        .isInstanceOfAny(EOFException.class, DataReader.InsufficientDataAvailableException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"b\r\n0123456789a\r\n0\r\n\r\n", "5\r\n01234\r\n6\r\n", "fffffffff\r\n"})
  void tooLongIsSaidBeforeItIsRead(String wire) {
    assertThatThrownBy(() -> read(wire, 7, 10)).isInstanceOf(Connection.OverheardException.class);
  }

  @Test
  void longestThatIsAllowedIsRead() throws IOException {
    assertThat(read("5\r\n01234\r\n5\r\n56789\r\n0\r\n\r\n", 7, 10)).isEqualTo("0123456789");
  }

  @Test
  void anyBodyInAnyChunksComesInOnePiece() throws IOException {
    long seed = Long.getLong("seed", System.nanoTime());
    System.out.println("ChunkedBodyTest: -Dseed=" + seed);
    RandomGenerator random = RandomGeneratorFactory.getDefault().create(seed);
    for (int i = 0; i < 500; i++) {
      byte[] body = new byte[random.nextInt(40_000)];
      random.nextBytes(body);
      var wire = new ByteArrayOutputStream();
      for (int at = 0, size; at < body.length; at += size) {
        size = Math.min(body.length - at, 1 + random.nextInt(1 << random.nextInt(1, 16)));
        wire.writeBytes((Integer.toHexString(size) + "\r\n").getBytes(US_ASCII));
        wire.write(body, at, size);
        wire.writeBytes("\r\n".getBytes(US_ASCII));
      }
      wire.writeBytes("0\r\n\r\n".getBytes(US_ASCII));
      var in = new Wire(wire.toByteArray(), 1 + random.nextInt(9000));
      assertThat(in.body(40_000)).as("seed %d, body %d", seed, i).isEqualTo(body);
      assertThat(in.reader.available()).isZero();
    }
  }

  private static String read(String wire, int piece, int most) throws IOException {
    return new String(new Wire(wire.getBytes(US_ASCII), piece).body(most), US_ASCII);
  }

  /** A connection on which the bytes come in pieces. */
  private static final class Wire {
    private final ByteArrayInputStream in;
    private final int piece;
    private final DataReader reader = DataReader.create(this::piece);

    Wire(byte[] bytes, int piece) {
      this.in = new ByteArrayInputStream(bytes);
      this.piece = piece;
    }

    byte[] body(int most) throws IOException {
      return new ChunkedBody(reader, in, most).read();
    }

    private byte[] piece() {
      byte[] bytes = new byte[piece];
      int count = in.read(bytes, 0, piece);
      return count < 0 ? null : Arrays.copyOf(bytes, count);
    }
  }
}
