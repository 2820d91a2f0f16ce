package io.wholechart.source;

import java.net.URI;
import java.util.List;
import java.util.OptionalInt;

/**
 * Where a source can be asked, the primary first; each base without a slash at its end. They are
 * told apart by number, from zero.
 */
record Replicas(List<URI> bases) {
  Replicas {
    bases = bases.stream().map(Replicas::withoutTrailingSlash).toList();
    if (bases.isEmpty()) {
      throw new IllegalArgumentException("a source is somewhere");
    }
  }

  static Replicas only(URI base) {
    return new Replicas(List.of(base));
  }

  URI primary() {
    return bases.getFirst();
  }

  URI base(int replica) {
    return bases.get(replica);
  }

  int count() {
    return bases.size();
  }

  /** A url below the primary's base as another replica has it. */
  String moved(String url, int replica) {
    return replica == 0 ? url : bases.get(replica) + url.substring(primary().toString().length());
  }

  /**
   * The replica that a url leads to: the one that gave the link, where both have one origin; none
   * where it leads to a server that was not configured.
   */
  OptionalInt at(URI url, int giver) {
    if (isSameOrigin(url, bases.get(giver))) {
      return OptionalInt.of(giver);
    }
    for (int replica = 0; replica < bases.size(); replica++) {
      if (isSameOrigin(url, bases.get(replica))) {
        return OptionalInt.of(replica);
      }
    }
    return OptionalInt.empty();
  }

  private static boolean isSameOrigin(URI url, URI base) {
    return base.getScheme().equalsIgnoreCase(url.getScheme())
        && base.getHost().equalsIgnoreCase(url.getHost())
        && port(base) == port(url)
        && url.getRawUserInfo() == null;
  }

  private static int port(URI url) {
    return url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
  }

  private static URI withoutTrailingSlash(URI url) {
    String text = url.toString();
    return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : url;
  }
}
