package io.wholechart.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wholechart.faults.Certificates;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsFilesTest {
  private static final Certificates AUTHORITY = Certificates.authority(Instant.now());

  @TempDir Path directory;
  private final AtomicLong now = new AtomicLong();
  private Path certificate;
  private Path key;
  private Path trust;

  @BeforeEach
  void write() throws Exception {
    certificate = directory.resolve("a.pem");
    key = directory.resolve("a-key.pem");
    trust = directory.resolve("ca.pem");
    AUTHORITY.writePair("127.0.0.1", certificate, key);
    AUTHORITY.writeAuthority(trust);
  }

  private TlsFiles open() throws IOException {
    return TlsFiles.open(new TlsSettings(certificate, key, trust), now::get);
  }

  @Test
  void aContextIsKeptAsLongAsTheFilesAre() throws Exception {
    TlsFiles files = open();
    SSLContext first = files.context();
    aSecondPasses();

    assertThat(files.context()).isSameAs(first);
  }

  @Test
  void filesThatChangedMakeAnother() throws Exception {
    TlsFiles files = open();
    SSLContext first = files.context();
    AUTHORITY.writePair("127.0.0.1", certificate, key);
    assertThat(files.context()).isSameAs(first); // not at every connection
    aSecondPasses();

    assertThat(files.context()).isNotSameAs(first);
  }

  @Test
  void whatCannotBeUsedIsNotAndWhatCanIsAgain() throws Exception {
    TlsFiles files = open();
    SSLContext first = files.context();
    Files.writeString(certificate, "not yet written");
    aSecondPasses();
    assertThat(files.context()).isSameAs(first);
    Files.delete(certificate);
    aSecondPasses();
    assertThat(files.context()).isSameAs(first);
    AUTHORITY.writePair("127.0.0.1", certificate, key);
    aSecondPasses();

    assertThat(files.context()).isNotSameAs(first);
  }

  @Test
  void theKeyOfAnotherCertificateIsRefused() throws Exception {
    AUTHORITY.writePair("127.0.0.1", directory.resolve("b.pem"), key);

    assertThatThrownBy(this::open).hasMessage(key + " is not the key of the certificate");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "no PEM",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
        "-----BEGIN PRIVATE KEY-----\n",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
      })
  void whatIsNoKeyIsRefusedByTheNameOfItsFile(String text) throws Exception {
    Files.writeString(key, text);

    assertThatThrownBy(this::open)
        .isInstanceOf(IOException.class)
        .hasMessageContaining(key.toString());
  }

  @Test
  void twoKeysInAFileAreOneTooMany() throws Exception {
    Files.writeString(key, Files.readString(key) + Files.readString(key));

    assertThatThrownBy(this::open).hasMessageContaining("more than one private key");
  }

  @Test
  void aCertificateAndItsKeyMayBeInOneFile() throws Exception {
    Files.writeString(certificate, Files.readString(certificate) + Files.readString(key));
    key = certificate;

    assertThat(open().context()).isNotNull();
  }

  @Test
  void aFileThatIsNotThereIsRefused() {
    trust = directory.resolve("nothing.pem");

    assertThatThrownBy(this::open).hasMessageContaining("nothing.pem");
  }

  @Test
  void aKeyWithoutItsCertificateIsRefused() {
    assertThatThrownBy(() -> new TlsSettings(null, key, trust))
        .hasMessageStartingWith("certificateFile is missing");
    assertThatThrownBy(() -> new TlsSettings(certificate, null, trust))
        .hasMessageStartingWith("keyFile is missing");
    assertThatThrownBy(() -> new TlsSettings(null, null, null)).hasMessageContaining("trustFile");
  }

  private void aSecondPasses() {
    now.addAndGet(Duration.ofSeconds(1).toNanos());
  }
}
