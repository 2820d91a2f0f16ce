package io.wholechart.faults;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PEMEncoder;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * An authority that certifies servers, rightly or not. The JDK can read certificates and not write
 * them, and its keytool would be a dozen processes; what is needed of DER is little.
 */
public final class Certificates {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final byte[] ECDSA_SHA256 = der(0x30, hex("06082a8648ce3d040302"));
  private static final byte[] COMMON_NAME = hex("0603550403");
  private static final byte[] IS_AUTHORITY = // basicConstraints, critical
      der(0x30, hex("0603551d130101ff040530030101ff"));
  private static final byte[] ALTERNATIVE_NAMES = hex("0603551d11");
  private static final DateTimeFormatter UTC_TIME =
      DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

  private final Instant now;
  private final KeyPair keys;
  private final Certificate certificate;
  private long serial = 1;

  private Certificates(Instant now) throws GeneralSecurityException {
    this.now = now;
    this.keys = keys();
    this.certificate = certificate("faults CA", keys, IS_AUTHORITY, Duration.ofDays(1));
  }

  public static Certificates authority(Instant now) {
    try {
      return new Certificates(now);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** A store in which this authority is trusted, and nobody else. */
  public void writeTrustStore(Path file) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      KeyStore store = emptyStore();
      store.setCertificateEntry("authority", certificate);
      store.store(out, PASSWORD);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** This authority, as a file in which others may look for whom they trust. */
  public void writeAuthority(Path file) throws IOException {
    Files.writeString(file, PEMEncoder.of().encodeToString((X509Certificate) certificate));
  }

  /** A new certificate for this address, and its key. */
  public void writePair(String address, Path certificateFile, Path keyFile) throws IOException {
    try {
      KeyPair own = keys();
      byte[] names = der(0x30, der(0x87, InetAddress.ofLiteral(address).getAddress()));
      byte[] extension = der(0x30, ALTERNATIVE_NAMES, der(0x04, names));
      Certificate leaf = certificate("somebody", own, extension, Duration.ofDays(1));
      var pem = PEMEncoder.of();
      Files.writeString(keyFile, pem.encodeToString(own.getPrivate()));
      Files.writeString(
          certificateFile,
          pem.encodeToString((X509Certificate) leaf)
              + pem.encodeToString((X509Certificate) certificate));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  public static String password() {
    return new String(PASSWORD);
  }

  SSLContext right() {
    return server(new byte[] {127, 0, 0, 1}, Duration.ofDays(1));
  }

  /** Right in all, but no longer. */
  SSLContext expired() {
    return server(new byte[] {127, 0, 0, 1}, Duration.ofDays(-1));
  }

  /** Right in all, but somebody else's. */
  SSLContext ofAnotherHost() {
    return server(new byte[] {127, 0, 0, 77}, Duration.ofDays(1));
  }

  private SSLContext server(byte[] address, Duration validFor) {
    try {
      KeyPair own = keys();
      byte[] names = der(0x30, der(0x87, address));
      byte[] extension = der(0x30, ALTERNATIVE_NAMES, der(0x04, names));
      Certificate leaf = certificate("a source", own, extension, validFor);
      KeyStore store = emptyStore();
      store.setKeyEntry(
          "server", own.getPrivate(), PASSWORD, new Certificate[] {leaf, certificate});
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** RFC 5280, section 4.1. */
  private Certificate certificate(String subject, KeyPair of, byte[] extension, Duration validFor)
      throws GeneralSecurityException {
    byte[] validity = der(0x30, time(now.minus(Duration.ofDays(30))), time(now.plus(validFor)));
    byte[] toBeSigned =
        der(
            0x30,
            hex("a003020102"), // version 3
            der(0x02, BigInteger.valueOf(serial++).toByteArray()),
            ECDSA_SHA256,
            name("faults CA"),
            validity,
            name(subject),
            of.getPublic().getEncoded(),
            der(0xa3, der(0x30, extension)));
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(keys.getPrivate());
    signature.update(toBeSigned);
    byte[] signed = der(0x30, toBeSigned, ECDSA_SHA256, der(0x03, new byte[1], signature.sign()));
    return CertificateFactory.getInstance("X.509")
        .generateCertificate(new ByteArrayInputStream(signed));
  }

  private static KeyPair keys() throws GeneralSecurityException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    return generator.generateKeyPair();
  }

  private static KeyStore emptyStore() throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD);
    return store;
  }

  private static byte[] name(String text) {
    byte[] utf8 = der(0x0c, text.getBytes(StandardCharsets.UTF_8));
    return der(0x30, der(0x31, der(0x30, COMMON_NAME, utf8)));
  }

  private static byte[] time(Instant at) {
    return der(0x17, UTC_TIME.format(at).getBytes(StandardCharsets.US_ASCII));
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  /** A tag, a length and a content (X.690, section 8.1). */
  private static byte[] der(int tag, byte[]... parts) {
    var content = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      content.writeBytes(part);
    }
    int length = content.size();
    var whole = new ByteArrayOutputStream();
    whole.write(tag);
    if (length < 0x80) {
      whole.write(length);
    } else if (length < 0x100) {
      whole.write(0x81);
      whole.write(length);
    } else {
      whole.write(0x82);
      whole.write(length >> 8);
      whole.write(length & 0xff);
    }
    whole.writeBytes(content.toByteArray());
    return whole.toByteArray();
  }
}
