package io.wholechart.access;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;

/** Access without authentication, which is safe only as long as nobody else can connect. */
public final class LoopbackAccess implements Authenticator {
  private static final Authentication EVERYBODY =
      new Authentication.Accepted(
          new Permit(
              Caller.ANONYMOUS,
              Scopes.ALL,
              null,
              EnumSet.allOf(Entitlement.class),
              Permit.TREATMENT));

  /**
   * Makes sure that a socket is for this machine alone.
   *
   * @param key the setting that names the host, for the message
   * @throws IllegalArgumentException when the host is reachable from elsewhere
   */
  public static void require(String key, String host) {
    try {
      if (!isLoopback(host)) {
        throw new IllegalArgumentException(
            key
                + ": "
                + host
                + " can be reached from other machines, and callers are not authenticated while"
                + " access.mode is loopback; use 127.0.0.1 or ::1");
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(key + ": " + host + " is not a known host", e);
    }
  }

  /** Whether a host is this machine alone, whichever of its addresses is taken. */
  public static boolean isLoopback(String host) throws UnknownHostException {
    return Arrays.stream(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
  }

  /** Everybody who can connect may do everything; what they show is not looked at. */
  @Override
  public Authentication authenticate(List<String> authorization) {
    return EVERYBODY;
  }

  @Override
  public boolean isOpen() {
    return true;
  }
}
