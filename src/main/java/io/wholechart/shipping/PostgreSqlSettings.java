package io.wholechart.shipping;

import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code audit.sinks.postgresql}.
 *
 * @param url as the JDBC driver takes it, TLS settings included ({@code sslmode}, {@code
 *     sslrootcert}, …)
 * @param user the role that adds records, and may do nothing else
 * @param passwordFile holds its password as the only line
 * @param owner the role that makes the tables at each start; none where somebody else does
 */
public record PostgreSqlSettings(
    String url, String user, Path passwordFile, @Nullable Owner owner) {
  private static final Pattern ROLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_$-]{0,62}");

  /**
   * The block {@code audit.sinks.postgresql.owner}.
   *
   * @param passwordFile holds its password as the only line
   */
  public record Owner(String user, Path passwordFile) {
    public Owner {
      require(ROLE.matcher(user).matches(), "user", "is not the name of a role");
    }
  }

  public PostgreSqlSettings {
    require(url.startsWith("jdbc:postgresql:"), "url", "does not begin with jdbc:postgresql:");
    require(
        !url.contains("password="), "url", "holds a password; it belongs in the file passwordFile");
    require(ROLE.matcher(user).matches(), "user", "is not the name of a role");
    require(
        owner == null || !owner.user().equals(user),
        "user",
        "is the owner as well: who adds records must not be able to change them");
  }

  private static void require(boolean isFulfilled, String key, String problem) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(key + " " + problem);
    }
  }
}
