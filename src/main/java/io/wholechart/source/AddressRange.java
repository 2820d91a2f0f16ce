package io.wholechart.source;

import java.net.InetAddress;

/**
 * An address, or all that begin alike: {@code 10.20.0.7}, {@code 10.20.0.0/16}, {@code fd12::/48}.
 *
 * @param bits of the network's address that count
 */
public record AddressRange(InetAddress network, int bits) {
  public AddressRange {
    if (bits < 0 || bits > 8 * network.getAddress().length) {
      throw new IllegalArgumentException("has more bits than the address");
    }
  }

  /**
   * Reads one as it is written in the configuration.
   *
   * @throws IllegalArgumentException where it is none; names are none, nobody is asked for them
   */
  public static AddressRange parse(String text) {
    int slash = text.indexOf('/');
    InetAddress network = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
    return new AddressRange(
        network,
        slash < 0
            ? 8 * network.getAddress().length
            : Integer.parseUnsignedInt(text.substring(slash + 1)));
  }

  boolean contains(InetAddress address) {
    byte[] own = network.getAddress();
    byte[] other = address.getAddress();
    if (own.length != other.length) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> bit % 8;
      if ((own[bit / 8] & mask) != (other[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }
}
