package io.wholechart.source;

import java.net.InetAddress;
import java.util.List;

/**
 * The block {@code sources.NAME.connection}.
 *
 * @param allowAddresses to which the names in the source's URLs may lead; none for the usual ones
 */
public record ConnectionSettings(List<AddressRange> allowAddresses) {
  public ConnectionSettings {
    allowAddresses = List.copyOf(allowAddresses);
  }

  AddressRule rule() {
    return new AddressRule(allowAddresses);
  }

  /** Whether the host is a name, or an address that is allowed. */
  boolean admits(String host) {
    return allowAddresses.isEmpty()
        || !Names.isLiteral(host)
        || allowAddresses.stream().anyMatch(range -> range.contains(literal(host)));
  }

  private static InetAddress literal(String host) {
    return InetAddress.ofLiteral(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
  }
}
