package io.wholechart.source;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.wholechart.fhir.Bounds;
import io.wholechart.patient.Section;
import io.wholechart.patient.Urgency;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One block under {@code sources}: an upstream system and how it is asked.
 *
 * @param protocol how it speaks
 * @param url where it is: the FHIR base, the laboratory's origin, the DICOMweb service root
 * @param urls instead of {@code url}, where it is in several places: the primary first, then the
 *     replicas that are asked where it cannot be reached or fails
 * @param path only {@code hl7v2}: the path and query below the url, with {@code {id}} for the
 *     patient
 * @param fetch only {@code fhir}: {@code everything}, or a list of resource types
 * @param sections what it is responsible for: when it is silent, these are incomplete or unknown
 * @param part2 whether everything that it holds is under 42 CFR Part 2: kept from who may not see
 *     labelled entries
 * @param idSystem the assigning authority of the ids by which it knows patients, as a URI
 * @param timeout its own deadline by urgency, where it is shorter than the request's
 * @param auth what we show it, if it wants anything
 * @param connection how it is connected to
 * @param maxConcurrentCalls calls under way at once; the wait for a free one counts into the
 *     deadline
 * @param maxBodyBytes the largest body that is read; more is {@code over-limit}
 * @param maxPages how many pages of one answer are followed; more is {@code partial}
 * @param payload how much is read of what it sends
 * @param rate how often it may be asked
 * @param breaker when it is left in peace
 * @param hedge whether an emergency may ask two replicas
 */
public record SourceSettings(
    Protocol protocol,
    @Nullable URI url,
    @Nullable List<URI> urls,
    @Nullable String path,
    @Nullable Fetch fetch,
    Set<Section> sections,
    boolean part2,
    @Nullable String idSystem,
    Map<Urgency, Duration> timeout,
    @Nullable Auth auth,
    ConnectionSettings connection,
    int maxConcurrentCalls,
    int maxBodyBytes,
    int maxPages,
    Bounds payload,
    RateSettings rate,
    BreakerSettings breaker,
    HedgeSettings hedge) {

  /** How a source speaks. */
  public enum Protocol {
    @JsonProperty("fhir")
    FHIR,
    @JsonProperty("hl7v2")
    HL7V2,
    @JsonProperty("dicomweb")
    DICOMWEB
  }

  /** What is asked of a FHIR source. */
  public sealed interface Fetch {
    /** {@code Patient/{id}/$everything}, all pages. */
    record Everything() implements Fetch {}

    /** One search for each resource type, all at the same time. */
    record Types(List<String> names) implements Fetch {
      public Types {
        names = List.copyOf(names);
        if (names.isEmpty()) {
          throw new IllegalArgumentException(
              "names no resource type: list at least one, or say everything");
        }
        for (String name : names) {
          if (!name.matches("[A-Z][A-Za-z]{1,63}")) {
            throw new IllegalArgumentException(
                "names a type that is not FHIR's, such as Observation");
          }
        }
      }
    }
  }

  /**
   * What we show the source so that it answers.
   *
   * @param secretFile holds the secret, and is read again when it changes: for {@code basic} {@code
   *     user:password} and for {@code bearer} the token, each its only line; for {@code oauth2} our
   *     private key (PEM)
   * @param tokenUrl only {@code oauth2}: where tokens are to be had
   * @param clientId only {@code oauth2}: as which we are registered there
   * @param keyId only {@code oauth2}: by which our public key is known there
   * @param scope only {@code oauth2}: what is asked for
   */
  public record Auth(
      Type type,
      Path secretFile,
      @Nullable URI tokenUrl,
      @Nullable String clientId,
      @Nullable String keyId,
      @Nullable String scope) {
    /** How the secret is used. */
    public enum Type {
      @JsonProperty("basic")
      BASIC,
      @JsonProperty("bearer")
      BEARER,
      /** Client credentials with {@code private_key_jwt}, as in SMART Backend Services. */
      @JsonProperty("oauth2")
      OAUTH2
    }

    public Auth {
      boolean isOauth = type == Type.OAUTH2;
      require(isOauth == (tokenUrl != null), "tokenUrl", "goes with type oauth2, which needs it");
      require(isOauth == (clientId != null), "clientId", "goes with type oauth2, which needs it");
      require(isOauth || keyId == null, "keyId", "goes with type oauth2, and with no other");
      require(isOauth || scope == null, "scope", "goes with type oauth2, and with no other");
      if (tokenUrl != null) {
        requireBase(tokenUrl, "tokenUrl");
      }
    }

    /** A secret that is shown as it is. */
    public static Auth simple(Type type, Path secretFile) {
      return new Auth(type, secretFile, null, null, null, null);
    }

    /**
     * Makes sure that the file holds such a secret.
     *
     * @throws IOException where not; the message names the file and nothing that is in it
     */
    public void requireSecret() throws IOException {
      switch (type) {
        case BASIC, BEARER -> SecretFile.line(secretFile);
        case OAUTH2 -> ClientAssertion.key(secretFile);
      }
    }
  }

  public SourceSettings {
    sections = Set.copyOf(sections);
    timeout = Map.copyOf(timeout);
    urls = urls == null ? null : List.copyOf(urls);
    require(url != null || urls != null, "url", "is missing: say where the source is");
    require(
        url == null || urls == null,
        "urls",
        "stands beside url: say one of them, and url: null to take away what another file says");
    require(urls == null || !urls.isEmpty(), "urls", "is empty: name the primary, then replicas");
    for (URI place : bases(url, urls)) {
      requireBase(place, urls == null ? "url" : "urls");
      require(
          connection.admits(place.getHost()),
          "connection",
          "has allowAddresses without the address of " + (urls == null ? "url" : "urls"));
    }
    require(!sections.isEmpty(), "sections", "is empty: name what this source is responsible for");
    require(
        (protocol == Protocol.FHIR) == (fetch != null),
        "fetch",
        protocol == Protocol.FHIR
            ? "is missing: say everything, or list resource types"
            : "is for fhir sources only");
    require(
        (protocol == Protocol.HL7V2) == (path != null),
        "path",
        protocol == Protocol.HL7V2
            ? "is missing: for example /results?patient={id}"
            : "is for hl7v2 sources only");
    require(
        path == null || (path.startsWith("/") && path.contains("{id}")),
        "path",
        "must begin with / and contain {id}, where the patient's id goes");
    require(
        path == null || isUrl("http://x" + path.replace("{id}", "1")),
        "path",
        "holds what no URL may: encode it, as in %20 for a blank");
    require(
        idSystem == null || isAbsolute(idSystem),
        "idSystem",
        "is not an absolute URI, such as urn:oid:1.2.3");
    require(
        timeout.values().stream().allMatch(t -> t.isPositive()),
        "timeout",
        "must be longer than zero");
    require(maxConcurrentCalls > 0, "maxConcurrentCalls", "must be at least 1");
    require(maxBodyBytes > 0, "maxBodyBytes", "must be at least 1");
    require(maxPages > 0, "maxPages", "must be at least 1");
  }

  /** How long this source may take for such a request, given what the whole request may take. */
  public Duration timeout(Urgency urgency, Duration whole) {
    Duration own = timeout.get(urgency);
    return own == null || own.compareTo(whole) > 0 ? whole : own;
  }

  /** Where it can be asked, the primary first. */
  Replicas replicas() {
    return new Replicas(bases(url, urls));
  }

  private static List<URI> bases(@Nullable URI url, @Nullable List<URI> urls) {
    return urls != null ? urls : url != null ? List.of(url) : List.of();
  }

  private static void requireBase(URI url, String key) {
    boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
    require(isHttp && url.getHost() != null, key, "is not an http or https URL with a host");
    require(
        url.getRawQuery() == null && url.getRawFragment() == null && url.getRawUserInfo() == null,
        key,
        "carries a query, a fragment or a user: leave them out, and put credentials under auth");
    require(
        url.getPort() == -1 || (url.getPort() > 0 && url.getPort() <= 65_535),
        key,
        "has a port that lies not between 1 and 65535");
  }

  private static boolean isAbsolute(String text) {
    try {
      return new URI(text).isAbsolute();
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static boolean isUrl(String text) {
    try {
      return new URI(text).getRawFragment() == null;
    } catch (URISyntaxException e) {
      return false;
    }
  }

  private static void require(boolean isFulfilled, String key, String problem) {
    if (!isFulfilled) {
      throw new IllegalArgumentException(key + " " + problem);
    }
  }
}
