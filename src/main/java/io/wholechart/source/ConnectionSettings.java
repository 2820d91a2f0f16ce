package io.wholechart.source;

import io.wholechart.tls.TlsSettings;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code sources.NAME.connection}, and that of the crosswalk's service.
 *
 * @param allowAddresses to which the names in the source's URLs may lead; none for the usual ones
 * @param tls whom we trust there, and what we show; or none, and the JDK's authorities are trusted
 */
public record ConnectionSettings(List<AddressRange> allowAddresses, @Nullable TlsSettings tls) {
  public ConnectionSettings {
    allowAddresses = List.copyOf(allowAddresses);
  }

  /** To wherever a name leads but to this machine, and with the JDK's authorities. */
  public static ConnectionSettings usual() {
    return new ConnectionSettings(List.of(), null);
  }

  /**
   * Those to one source.
   *
   * @throws IOException where a key or a certificate cannot be used
   */
  Connections connections(Names names, int most) throws IOException {
    return new Connections(ClientTls.of(tls), names, new AddressRule(allowAddresses), most);
  }

  /** Whether the host is a name, or an address that is allowed. */
  public boolean admits(String host) {
    return allowAddresses.isEmpty()
        || !Names.isLiteral(host)
        || allowAddresses.stream().anyMatch(range -> range.contains(literal(host)));
  }

  private static InetAddress literal(String host) {
    return InetAddress.ofLiteral(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
  }
}
