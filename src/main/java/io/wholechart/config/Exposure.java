package io.wholechart.config;

import io.wholechart.access.AccessSettings.Mode;
import io.wholechart.access.LoopbackAccess;
import io.wholechart.http.SocketSettings;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What must be there before other machines may connect: somebody who says who a caller is, TLS, and
 * a key for the audit log that somebody keeps. All that is missing is told at once, and nothing is
 * listened on meanwhile.
 */
final class Exposure {
  private final Settings settings;
  private final SettingsTree tree;
  private final List<String> problems;

  private Exposure(Settings settings, SettingsTree tree, List<String> problems) {
    this.settings = settings;
    this.tree = tree;
    this.problems = problems;
  }

  static void check(Settings settings, SettingsTree tree, List<String> problems) {
    var exposure = new Exposure(settings, tree, problems);
    boolean isServer = exposure.check("server", settings.server());
    boolean isAdmin = exposure.check("admin", settings.admin());
    if (isServer || isAdmin) {
      exposure.checkKey();
    }
  }

  /** Whether other machines can connect. */
  private boolean check(String socket, SocketSettings listening) {
    String key = socket + ".host";
    try {
      if (LoopbackAccess.isLoopback(listening.host())) {
        return false;
      }
    } catch (UnknownHostException e) {
      complain(key, listening.host() + " is not a known host");
      return false;
    }
    String reached = listening.host() + " can be reached from other machines";
    if (settings.access().mode() == Mode.LOOPBACK) {
      complain(
          key,
          reached
              + ", and nobody says who calls: set access.mode to oauth, with access.audience and"
              + " issuers; or use 127.0.0.1 or ::1");
    }
    if (listening.tls() == null && !settings.access().behindTlsProxy()) {
      complain(
          socket + ".tls",
          "is missing, and "
              + reached
              + ": set it, or access.behindTlsProxy: true where a proxy in front ends TLS");
    }
    return true;
  }

  /**
   * With its signing key made along the way, a log that was made up from its beginning would be
   * signed as well as this one.
   */
  private void checkKey() {
    Path key = settings.audit().signingKey();
    if (!Files.isReadable(key)) {
      complain(
          "audit.signingKey",
          "names no key that is there ("
              + key
              + "), and other machines can connect: make one that you keep, such as by"
              + " openssl genpkey -algorithm ed25519 -out FILE");
    }
  }

  private void complain(String path, String problem) {
    problems.add(tree.origin(path) + ": " + path + " " + problem);
  }
}
