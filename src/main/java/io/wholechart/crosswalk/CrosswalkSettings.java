package io.wholechart.crosswalk;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wholechart.source.ConnectionSettings;
import io.wholechart.source.SourceSettings.Auth;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The block {@code identity.crosswalk}: where the ids come from by which sources are asked.
 *
 * @param system the assigning authority of the ids that callers ask by; a source of the same {@code
 *     idSystem} is asked by the same id
 * @param file only {@code csv}
 * @param maxRows only {@code csv}: a longer file is refused
 * @param reload only {@code csv}: how often it is looked at for a change
 * @param url only {@code pixm}: the FHIR base of the service
 * @param auth only {@code pixm}
 * @param connection only {@code pixm}: how it is connected to
 * @param maxConcurrentCalls only {@code pixm}
 * @param cacheEntries only {@code pixm}: how many answers are kept
 * @param cacheAge only {@code pixm}: and for how long; a link that is taken back is used for so
 *     long
 */
public record CrosswalkSettings(
    Type type,
    @Nullable String system,
    @Nullable Path file,
    int maxRows,
    Duration reload,
    @Nullable URI url,
    @Nullable Auth auth,
    ConnectionSettings connection,
    int maxConcurrentCalls,
    int cacheEntries,
    Duration cacheAge) {
  /** Where ids come from. */
  public enum Type {
    @JsonProperty("same")
    SAME,
    @JsonProperty("csv")
    CSV,
    @JsonProperty("pixm")
    PIXM
  }

  public CrosswalkSettings {
    require((type == Type.CSV) == (file != null), "file", "goes with type csv, and with no other");
    require((type == Type.PIXM) == (url != null), "url", "goes with type pixm, and with no other");
    require(
        url == null
            || (("http".equals(url.getScheme()) || "https".equals(url.getScheme()))
                && url.getHost() != null
                && url.getRawQuery() == null
                && url.getRawFragment() == null
                && url.getRawUserInfo() == null),
        "url",
        "is not an http or https URL with a host and nothing behind its path");
    require(
        type != Type.PIXM || (system != null && !system.isBlank()),
        "system",
        "is missing: a PIXm service wants to know whose ids callers ask by");
    require(auth == null || type == Type.PIXM, "auth", "goes with type pixm, and with no other");
    require(
        url == null || connection.admits(url.getHost()),
        "connection",
        "has allowAddresses without the address of url");
    require(maxRows > 0, "maxRows", "must be at least 1");
    require(reload.isPositive(), "reload", "must be longer than zero");
    require(maxConcurrentCalls > 0, "maxConcurrentCalls", "must be at least 1");
    require(cacheEntries >= 0, "cacheEntries", "must be at least 0");
    require(!cacheAge.isNegative(), "cacheAge", "must not be negative");
  }

  private static void require(boolean isFulfilled, String key, String problem) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(key + " " + problem);
    }
  }
}
