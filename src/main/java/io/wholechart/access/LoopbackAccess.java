package io.wholechart.access;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Access without authentication, which is safe only as long as nobody else can connect. */
public final class LoopbackAccess {
  private LoopbackAccess() {}

  /**
   * Makes sure that a socket is for this machine alone.
   *
   * @param key the setting that names the host, for the message
   * @throws IllegalArgumentException when the host is reachable from elsewhere
   */
  public static void require(String key, String host) {
    try {
      for (InetAddress address : InetAddress.getAllByName(host)) {
        if (!address.isLoopbackAddress()) {
          throw new IllegalArgumentException(
              key
                  + ": "
                  + host
                  + " can be reached from other machines, and callers are not authenticated yet;"
                  + " use 127.0.0.1 or ::1");
        }
      }
    } catch (UnknownHostException e) {
      throw new IllegalArgumentException(key + ": " + host + " is not a known host", e);
    }
  }

  /** The caller of any request: nobody has said who they are. */
  public static Caller caller() {
    return Caller.ANONYMOUS;
  }

  /** Whoever can reach the socket of operators, which is this machine's alone, may audit. */
  public static Auditors auditors() {
    return _ -> true;
  }
}
