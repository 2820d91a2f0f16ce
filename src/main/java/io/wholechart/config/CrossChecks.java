package io.wholechart.config;

import io.wholechart.access.AccessSettings;
import io.wholechart.crosswalk.CrosswalkSettings;
import io.wholechart.denylist.DenyListSettings;
import io.wholechart.patient.Urgency;
import io.wholechart.shipping.SinkSettings;
import io.wholechart.source.SourceSettings;
import io.wholechart.source.SourceSettings.Auth;
import io.wholechart.tls.TlsFiles;
import io.wholechart.tls.TlsSettings;
import io.wholechart.token.IssuerSettings;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What no single record can know: whether settings fit one another and the world. */
final class CrossChecks {
  private CrossChecks() {}

  static void check(Settings settings, SettingsTree tree, List<String> problems) {
    int port = settings.server().port();
    if (port != 0 && port == settings.admin().port()) {
      complain("admin.port", "is the same as server.port; they are two sockets", tree, problems);
    }
    if (settings.sources().isEmpty()) {
      complain("sources", "is empty: configure at least one", tree, problems);
    }
    tls("server.tls", settings.server().tls(), tree, problems);
    tls("admin.tls", settings.admin().tls(), tree, problems);
    Exposure.check(settings, tree, problems);
    issuers(settings, tree, problems);
    crosswalk(settings, tree, problems);
    sinks(settings, tree, problems);
    denyList(settings.consent().denyList(), tree, problems);
    settings.sources().forEach((name, source) -> check(name, source, settings, tree, problems));
  }

  private static void check(
      String name,
      SourceSettings source,
      Settings settings,
      SettingsTree tree,
      List<String> problems) {
    String path = Schema.SOURCES + "." + name;
    if (!name.matches("[a-z][a-z0-9-]{0,31}")) {
      complain(path, "is not a source's name: a-z, 0-9 and '-', at most 32", tree, problems);
    }
    for (Urgency urgency : Urgency.values()) {
      Duration whole = settings.deadline().of(urgency);
      @Nullable Duration own = source.timeout().get(urgency);
      if (own != null && own.compareTo(whole) > 0) {
        complain(
            path + ".timeout." + urgency.key(),
            "is longer than deadline." + urgency.key() + ": a source may only have less time",
            tree,
            problems);
      }
    }
    tls(path + ".connection.tls", source.connection().tls(), tree, problems);
    if (source.auth() != null) {
      secret(path + ".auth.secretFile", source.auth(), tree, problems);
    }
  }

  private static void issuers(Settings settings, SettingsTree tree, List<String> problems) {
    if (settings.access().mode() == AccessSettings.Mode.OAUTH) {
      if (settings.access().audience() == null) {
        String problem = "is missing: access.mode oauth needs to know what tokens are meant for";
        complain("access.audience", problem, tree, problems);
      }
      if (settings.issuers().isEmpty()) {
        String problem = "is empty: access.mode oauth needs one whose tokens are believed";
        complain(Schema.ISSUERS, problem, tree, problems);
      }
    }
    Set<String> known = new HashSet<>();
    boolean isAsked = false;
    for (var each : settings.issuers().entrySet()) {
      String path = Schema.ISSUERS + "." + each.getKey();
      IssuerSettings issuer = each.getValue();
      if (!known.add(issuer.issuer())) {
        complain(path + ".issuer", "is another issuer's already", tree, problems);
      }
      if (issuer.introspection() != null) {
        if (isAsked) {
          String problem = "is one too many: what is no JWT does not say whom to ask";
          complain(path + ".introspection", problem, tree, problems);
        }
        isAsked = true;
        secret(
            path + ".introspection.auth.secretFile", issuer.introspection().auth(), tree, problems);
      }
      if (issuer.connection() != null) {
        tls(path + ".connection.tls", issuer.connection().tls(), tree, problems);
      }
    }
  }

  private static void denyList(
      DenyListSettings denyList, SettingsTree tree, List<String> problems) {
    if (denyList.file() != null && !Files.isReadable(denyList.file())) {
      complain(
          "consent.denyList.file",
          "names a file that cannot be read: " + denyList.file(),
          tree,
          problems);
    }
  }

  private static void crosswalk(Settings settings, SettingsTree tree, List<String> problems) {
    CrosswalkSettings crosswalk = settings.identity().crosswalk();
    if (crosswalk.file() != null) {
      readable("identity.crosswalk.file", crosswalk.file(), tree, problems);
    }
    if (crosswalk.auth() != null) {
      secret("identity.crosswalk.auth.secretFile", crosswalk.auth(), tree, problems);
    }
    tls("identity.crosswalk.connection.tls", crosswalk.connection().tls(), tree, problems);
    if (crosswalk.type() == CrosswalkSettings.Type.SAME) {
      return;
    }
    // A source without one would be asked by the caller's id, which there may be somebody else's.
    settings
        .sources()
        .forEach((name, source) -> {
          if (source.idSystem() == null) {
            complain(
                Schema.SOURCES + "." + name + ".idSystem",
                "is missing: name the system that identity.crosswalk maps into, or"
                    + " identity.crosswalk.system where this source has the caller's ids",
                tree,
                problems);
          }
        });
  }

  private static void sinks(Settings settings, SettingsTree tree, List<String> problems) {
    SinkSettings sinks = settings.audit().sinks();
    if (sinks == null) {
      return;
    }
    if (sinks.postgresql() != null) {
      String path = "audit.sinks.postgresql";
      readable(path + ".passwordFile", sinks.postgresql().passwordFile(), tree, problems);
      if (sinks.postgresql().owner() != null) {
        Path file = sinks.postgresql().owner().passwordFile();
        readable(path + ".owner.passwordFile", file, tree, problems);
      }
    }
    if (sinks.kafka() != null && sinks.kafka().properties() != null) {
      readable("audit.sinks.kafka.properties", sinks.kafka().properties(), tree, problems);
    }
  }

  private static void readable(String path, Path file, SettingsTree tree, List<String> problems) {
    if (!Files.isReadable(file)) {
      complain(path, "names a file that cannot be read: " + file, tree, problems);
    }
  }

  private static void secret(String path, Auth auth, SettingsTree tree, List<String> problems) {
    try {
      auth.requireSecret();
    } catch (NoSuchFileException | AccessDeniedException e) {
      complain(path, "names a file that cannot be read: " + auth.secretFile(), tree, problems);
    } catch (IOException e) {
      complain(path, "names a file that cannot be used: " + e.getMessage(), tree, problems);
    }
  }

  private static void tls(
      String path, @Nullable TlsSettings tls, SettingsTree tree, List<String> problems) {
    if (tls == null) {
      return;
    }
    try {
      TlsFiles.open(tls, System::nanoTime);
    } catch (NoSuchFileException | AccessDeniedException e) {
      complain(path, "names a file that cannot be read: " + e.getMessage(), tree, problems);
    } catch (IOException e) {
      complain(path, "names a file that cannot be used: " + e.getMessage(), tree, problems);
    }
  }

  private static void complain(
      String path, String problem, SettingsTree tree, List<String> problems) {
    problems.add(tree.origin(path) + ": " + path + " " + problem);
  }
}
