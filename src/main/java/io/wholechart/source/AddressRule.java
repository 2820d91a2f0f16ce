package io.wholechart.source;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;

/**
 * Which addresses a source's host name may lead to. Whoever answers for the name, rightly or not,
 * would otherwise choose where we connect, with the source's credentials in hand: to this machine's
 * own services, or to the address at which a cloud gives out keys to whoever is inside.
 *
 * <p>It is asked about the very address that is then connected to, at every connection: a name that
 * is looked up once for the check and again for the connection can lead to two places.
 */
final class AddressRule {
  /** Where clouds answer that do not do so at a link-local address. */
  private static final List<AddressRange> METADATA =
      ranges("100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::/32");

  /** In which an IPv4 address is wrapped up. */
  private static final List<AddressRange> WRAPPED = ranges("64:ff9b::/96", "::/96");

  private final List<AddressRange> allowed;

  /**
   * @param allowed the only ones; or none, and the usual ones are meant: all but this machine's own
   */
  AddressRule(List<AddressRange> allowed) {
    this.allowed = List.copyOf(allowed);
  }

  static AddressRule usual() {
    return new AddressRule(List.of());
  }

  boolean permits(String host, InetAddress address) {
    if (Names.isLiteral(host)) {
      return true; // it stands so in the configuration, and no name leads anywhere else
    }
    InetAddress meant = unwrapped(address);
    if (isNobodys(meant) || METADATA.stream().anyMatch(range -> range.contains(meant))) {
      return false;
    }
    return allowed.isEmpty()
        ? isLocal(host) || !meant.isLoopbackAddress()
        : allowed.stream().anyMatch(range -> range.contains(meant));
  }

  /** What no system of a hospital is found at by a name. */
  private static boolean isNobodys(InetAddress address) {
    return address.isLinkLocalAddress()
        || address.isAnyLocalAddress()
        || address.isMulticastAddress()
        || (address.getAddress().length == 4 && (address.getAddress()[0] & 0xf0) == 0xf0);
  }

  private static boolean isLocal(String host) {
    String name = host.toLowerCase(Locale.ROOT);
    return name.equals("localhost") || name.endsWith(".localhost"); // RFC 6761, section 6.3
  }

  private static InetAddress unwrapped(InetAddress address) {
    if (WRAPPED.stream().noneMatch(range -> range.contains(address))
        || address.isLoopbackAddress()
        || address.isAnyLocalAddress()) {
      return address;
    }
    byte[] a = address.getAddress();
    return InetAddress.ofLiteral(
        (a[12] & 0xff) + "." + (a[13] & 0xff) + "." + (a[14] & 0xff) + "." + (a[15] & 0xff));
  }

  private static List<AddressRange> ranges(String... texts) {
    return List.of(texts).stream().map(AddressRange::parse).toList();
  }
}
