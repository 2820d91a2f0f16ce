package io.wholechart.tls;

import io.wholechart.log.Log;
import io.wholechart.log.Safe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What is made of the files: a context for new connections, and another one once they have changed.
 *
 * <p>A whole new one, and not new keys in the old: sessions that are resumed are not checked again,
 * and those of an authority that is trusted no more would go on for a day. While files that changed
 * do not fit one another, as between the writing of a key and of its certificate, the context
 * stays.
 */
public final class TlsFiles {
  private static final Log LOG = Log.of(TlsFiles.class);
  private static final Duration REST = Duration.ofSeconds(1);
  private static final char[] IN_MEMORY = new char[0];

  private final TlsSettings settings;
  private final LongSupplier ticker;
  private volatile SSLContext context;
  private List<String> seen;
  private volatile long lookedAt;

  private TlsFiles(TlsSettings settings, LongSupplier ticker) throws IOException {
    this.settings = settings;
    this.ticker = ticker;
    this.seen = look();
    this.context = context(settings);
    this.lookedAt = ticker.getAsLong();
  }

  /**
   * Reads them.
   *
   * @throws IOException where they cannot be used; the message names the file
   */
  public static TlsFiles open(TlsSettings settings, LongSupplier ticker) throws IOException {
    return new TlsFiles(settings, ticker);
  }

  /** For a new connection. */
  public SSLContext context() {
    if (ticker.getAsLong() - lookedAt >= REST.toNanos()) {
      lookAgain();
    }
    return context;
  }

  private synchronized void lookAgain() {
    if (ticker.getAsLong() - lookedAt < REST.toNanos()) {
      return; // somebody else has just done so
    }
    lookedAt = ticker.getAsLong();
    List<String> now = look();
    if (now.equals(seen)) {
      return;
    }
    seen = now;
    try {
      context = context(settings);
      LOG.info("{} and what belongs to it were read again", Safe.file(name()));
    } catch (IOException e) {
      LOG.warn("{} has changed and cannot be used; what was read before is", Safe.file(name()));
    }
  }

  private Path name() {
    Path ours = settings.certificateFile();
    return ours == null ? java.util.Objects.requireNonNull(settings.trustFile()) : ours;
  }

  /** When which file was changed; for one that is not there, that. */
  private List<String> look() {
    List<String> states = new ArrayList<>();
    add(settings.certificateFile(), states);
    add(settings.keyFile(), states);
    add(settings.trustFile(), states);
    return states;
  }

  private static void add(@Nullable Path file, List<String> states) {
    if (file != null) {
      try {
        states.add(Files.getLastModifiedTime(file) + " " + Files.size(file));
      } catch (IOException e) {
        states.add("gone");
      }
    }
  }

  private static SSLContext context(TlsSettings settings) throws IOException {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys(settings), trust(settings), null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the key and the certificate do not belong together", e);
    }
  }

  private static KeyManager @Nullable [] keys(TlsSettings settings)
      throws IOException, GeneralSecurityException {
    if (settings.certificateFile() == null || settings.keyFile() == null) {
      return null;
    }
    List<X509Certificate> chain = Pem.certificates(settings.certificateFile());
    PrivateKey key = Pem.privateKey(settings.keyFile());
    if (!key.getAlgorithm().equals(chain.getFirst().getPublicKey().getAlgorithm())) {
      throw new IOException(settings.keyFile() + " is not the key of the certificate");
    }
    Pair.require(key, chain.getFirst().getPublicKey(), settings.keyFile());
    KeyStore store = empty();
    store.setKeyEntry("ours", key, IN_MEMORY, chain.toArray(new X509Certificate[0]));
    var factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    factory.init(store, IN_MEMORY);
    return factory.getKeyManagers();
  }

  private static TrustManager @Nullable [] trust(TlsSettings settings)
      throws IOException, GeneralSecurityException {
    if (settings.trustFile() == null) {
      return null; // the JDK's
    }
    KeyStore store = empty();
    int number = 0;
    for (X509Certificate authority : Pem.certificates(settings.trustFile())) {
      store.setCertificateEntry("authority" + number++, authority);
    }
    var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers();
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, IN_MEMORY);
    return store;
  }
}
