package io.wholechart.hospital;

import static io.wholechart.hospital.WireTestClient.contentLength;
import static io.wholechart.hospital.WireTestClient.get;
import static io.wholechart.hospital.WireTestClient.open;
import static io.wholechart.hospital.WireTestClient.path;
import static io.wholechart.hospital.WireTestClient.readHead;
import static io.wholechart.hospital.WireTestClient.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every outage, seen from the other end of the wire, on every source. */
@Timeout(60)
class OutageTest {
  private static StubHospital hospital;

  @BeforeAll
  static void startTheHospital() {
    hospital = StubHospital.start(Path.of("stubs"), Ports.dynamic());
  }

  @AfterAll
  static void closeTheHospital() {
    hospital.close();
  }

  @AfterEach
  void heal() {
    hospital.heal();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void aHungSourceAcceptsAndNeverAnswers(String source) throws Exception {
    hospital.outage(source, Outage.HANG);

    try (Socket socket = open(hospital.port(source), path(source, "p-1001"))) {
      socket.setSoTimeout(400);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void aSlowSourceGivesTheRightAnswerLate(String source) throws Exception {
    byte[] right = healthy(source, "p-1001");
    hospital.outage(source, Outage.SLOW);

    long begin = System.nanoTime();
    HttpResponse<byte[]> late = get(hospital.url(source) + path(source, "p-1001"));

    assertThat(late.statusCode()).isEqualTo(200);
    assertThat(late.body()).isEqualTo(right);
    // A lower bound alone: a busy machine may take longer, but nobody answers before the delay.
    assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin))
        .isGreaterThanOrEqualTo(1200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void aDrippingSourceSendsItsHeadersBeforeTheFirstPieceAndThenPieceByPiece(String source)
      throws Exception {
    byte[] right = healthy(source, "p-1001");
    hospital.outage(source, Outage.DRIP);

    try (Socket socket = open(hospital.port(source), path(source, "p-1001"))) {
      InputStream in = socket.getInputStream();
      String head = readHead(in);
      assertThat(head).startsWith("HTTP/1.1 200").doesNotContain(FaultyDelivery.HEADER);
      assertThat(contentLength(head)).isEqualTo(right.length);
      assertThat(in.available()).as("of the body, together with the headers").isZero();

      byte[] first = in.readNBytes(1);
      byte[] piece = in.readNBytes(in.available());
      assertThat(first[0]).isEqualTo(right[0]);
      // 300 pieces, one each 300 ms: what came at once is no more than one three-hundredth or so.
      assertThat(piece.length).isLessThanOrEqualTo(right.length / 100);
    }
  }

  @Test
  void aBodyOfTwoBytesDripsToo() throws Exception {
    hospital.outage("imaging", Outage.DRIP);

    try (Socket socket = open(hospital.port("imaging"), path("imaging", "p-1999"))) {
      assertThat(contentLength(readHead(socket.getInputStream()))).isEqualTo(2);
      socket.setSoTimeout(500);
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketTimeoutException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void aSourceThatIsDownRefusesConnectionsAndComesBackOnItsPort(String source) throws Exception {
    byte[] right = healthy(source, "p-1001");
    int port = hospital.port(source);
    hospital.outage(source, Outage.DOWN);
    assertThatThrownBy(() -> open(port, "/").close()).isInstanceOf(ConnectException.class);

    hospital.heal(source);

    assertThat(hospital.port(source)).isEqualTo(port);
    assertThat(healthy(source, "p-1001")).isEqualTo(right);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void aSourceThatIsDownCanTurnIntoAnotherOutage(String source) throws Exception {
    hospital.outage(source, Outage.DOWN);
    hospital.outage(source, Outage.THROTTLED);

    assertThat(get(hospital.url(source) + path(source, "p-1001")).statusCode()).isEqualTo(429);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void aResetIsAResetAndNotAnEnd(String source) throws Exception {
    hospital.outage(source, Outage.RESET);

    try (Socket socket = open(hospital.port(source), path(source, "p-1001"))) {
      assertThatThrownBy(() -> socket.getInputStream().read())
          .isInstanceOf(SocketException.class)
          .hasMessageContaining("reset");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void anEmptyAnswerHasTheRightTypeAndNoByte(String source) throws Exception {
    String type = type(get(hospital.url(source) + path(source, "p-1001")));
    hospital.outage(source, Outage.EMPTY);

    HttpResponse<byte[]> empty = get(hospital.url(source) + path(source, "p-1001"));

    assertThat(empty.statusCode()).isEqualTo(200);
    assertThat(type(empty)).isEqualTo(type);
    assertThat(empty.body()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void garbageIsNoHttp(String source) throws Exception {
    hospital.outage(source, Outage.GARBAGE);

    try (Socket socket = open(hospital.port(source), path(source, "p-1001"))) {
      byte[] all = socket.getInputStream().readAllBytes();
      assertThat(all).isNotEmpty();
      assertThat(new String(all, StandardCharsets.ISO_8859_1)).doesNotStartWith("HTTP/");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void aTruncatedAnswerAnnouncesTheWholeAndEndsInTheMiddle(String source) throws Exception {
    byte[] right = healthy(source, "p-1001");
    hospital.outage(source, Outage.TRUNCATED);

    try (Socket socket = open(hospital.port(source), path(source, "p-1001"))) {
      InputStream in = socket.getInputStream();
      String head = readHead(in);
      assertThat(head).startsWith("HTTP/1.1 200").doesNotContainIgnoringCase("chunked");
      assertThat(contentLength(head)).isEqualTo(right.length);
      assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOf(right, right.length / 2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void aLoginPageComesWith200(String source) throws Exception {
    hospital.outage(source, Outage.HTML_LOGIN);

    HttpResponse<byte[]> page = get(hospital.url(source) + path(source, "p-1001"));

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(type(page)).startsWith("text/html");
    assertThat(text(page)).contains("<form", "password");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void theWrongPatientIsP1004WhoeverWasAskedFor(String source) throws Exception {
    byte[] other = healthy(source, "p-1004");
    hospital.outage(source, Outage.WRONG_PATIENT);

    for (String asked : new String[] {"p-1001", "p-1008", "p-1999"}) {
      HttpResponse<byte[]> answer = get(hospital.url(source) + path(source, asked));
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(other);
      assertThat(text(answer)).contains("p-1004").doesNotContain(asked);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ehr", "lab", "imaging", "pharmacy"})
  void aThrottledSourceSaysWhenToComeBack(String source) throws Exception {
    hospital.outage(source, Outage.THROTTLED);

    HttpResponse<byte[]> answer = get(hospital.url(source) + path(source, "p-1001"));

    assertThat(answer.statusCode()).isEqualTo(429);
    assertThat(answer.headers().firstValue("Retry-After")).contains("7");
  }

  @Test
  void theNextLinkIsFilledInWhenThePageIsSlow() throws Exception {
    byte[] right = healthy("ehr", "p-1006");
    hospital.outage("ehr", Outage.SLOW);

    HttpResponse<byte[]> page = get(hospital.url("ehr") + path("ehr", "p-1006"));

    assertThat(page.body()).isEqualTo(right);
    assertThat(text(page)).contains(hospital.url("ehr") + "/fhir?_getpages=");
  }

  @Test
  void anOutageOfOneSourceLeavesTheOthersWell() throws Exception {
    hospital.outage("lab", Outage.DOWN);

    for (String source : new String[] {"ehr", "imaging", "pharmacy"}) {
      assertThat(get(hospital.url(source) + path(source, "p-1001")).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void fiveHundredHungRequestsStopNeitherTheHealthyOnesNorTheEnd() throws Exception {
    List<Socket> hung = new ArrayList<>();
    try (StubHospital own = StubHospital.start(Path.of("stubs"), Ports.dynamic())) {
      own.outage("ehr", Outage.HANG);
      for (int i = 0; i < 500; i++) {
        hung.add(open(own.port("ehr"), path("ehr", "p-1001")));
      }
      own.heal("ehr");
      for (int i = 0; i < 20; i++) {
        assertThat(get(own.url("ehr") + path("ehr", "p-1001")).statusCode()).isEqualTo(200);
      }
      assertThat(stillOpen(hung)).as("hung requests after heal").isGreaterThan(490);
    }
    // The hospital is closed: it did not wait for the hung ones, and it took them along.
    for (Socket socket : hung) {
      Awaitility.await().until(() -> isEnded(socket));
      socket.close();
    }
  }

  @Test
  void aHungRequestIsLetGoWhenItsClientLeaves() throws Exception {
    hospital.outage("lab", Outage.HANG);
    Socket socket = open(hospital.port("lab"), path("lab", "p-1001"));
    socket.shutdownOutput(); // to the server this is the same as leaving, and we can watch

    Awaitility.await().until(() -> isEnded(socket));
    socket.close();
  }

  private static int stillOpen(List<Socket> sockets) throws IOException {
    int open = 0;
    for (Socket socket : sockets) {
      open += isEnded(socket) ? 0 : 1;
    }
    return open;
  }

  /** Reads what there is: one that was asked only after the healing may hold a whole answer. */
  private static boolean isEnded(Socket socket) throws IOException {
    socket.setSoTimeout(1);
    try {
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
      return true;
    } catch (SocketTimeoutException e) {
      return false;
    } catch (SocketException e) {
      return true;
    }
  }

  private static byte[] healthy(String source, String patient) throws Exception {
    HttpResponse<byte[]> answer = get(hospital.url(source) + path(source, patient));
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body();
  }

  private static String type(HttpResponse<?> response) {
    return response.headers().firstValue("Content-Type").orElseThrow();
  }
}
