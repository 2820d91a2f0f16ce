package io.wholechart.http;

import io.wholechart.patient.PatientId;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The further pages of answers, for as long and as much as the settings say.
 *
 * <p>All pages are of one moment. Asking the sources again for each page would be free of memory,
 * but a source that answered the first time and not the second would leave a hole between two pages
 * that nobody sees. The price: pages live on the node that gathered them, and no longer than this
 * process.
 *
 * <p>A cursor holds 128 random bits, so that it is found by nobody who was not given it, and opens
 * nothing but for the caller and the patient that it was made for.
 */
final class KeptPages {
  private static final int TOKEN_LENGTH = 22; // of 16 bytes, in base 64

  private final Duration keep;
  private final long mostBytes;
  private final SecureRandom random = new SecureRandom();
  // The oldest first, which are the first to go.
  private final Map<String, Kept> byToken = new LinkedHashMap<>();
  private long bytes;

  KeptPages(Duration keep, long mostBytes) {
    this.keep = keep;
    this.mostBytes = mostBytes;
  }

  /**
   * The pages of one answer.
   *
   * @param completeness of the answer as a whole: each page says it
   */
  record Kept(
      String caller, PatientId patient, Instant until, String completeness, List<Body> pages) {
    Kept {
      pages = List.copyOf(pages);
    }

    private long bytes() {
      return pages.stream().mapToLong(Body::length).sum();
    }
  }

  /** One page. */
  record Found(Body page, String completeness) {}

  /** A name for pages that are about to be written, since they link to each other. */
  String token() {
    byte[] bits = new byte[16];
    random.nextBytes(bits);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bits);
  }

  /** The cursor of a page; the first further one is 1. */
  static String cursor(String token, int page) {
    return token + page;
  }

  /**
   * Keeps the further pages of an answer; older ones make room.
   *
   * @return whether they fit at all
   */
  synchronized boolean keep(
      String token,
      String caller,
      PatientId patient,
      String completeness,
      List<Body> pages,
      Instant now) {
    var kept = new Kept(caller, patient, now.plus(keep), completeness, pages);
    if (kept.bytes() > mostBytes) {
      return false;
    }
    byToken.put(token, kept);
    bytes += kept.bytes();
    forget(now);
    return true;
  }

  synchronized Optional<Found> find(String cursor, String caller, PatientId patient, Instant now) {
    forget(now);
    if (cursor.length() <= TOKEN_LENGTH || cursor.length() > TOKEN_LENGTH + 5) {
      return Optional.empty();
    }
    Kept kept = byToken.get(cursor.substring(0, TOKEN_LENGTH));
    String number = cursor.substring(TOKEN_LENGTH);
    boolean isTheirs =
        kept != null
            && kept.caller().equals(caller)
            && kept.patient().equals(patient)
            && number.chars().allMatch(c -> c >= '0' && c <= '9');
    if (kept == null || !isTheirs) {
      return Optional.empty();
    }
    int page = Integer.parseInt(number) - 1;
    return page >= 0 && page < kept.pages().size()
        ? Optional.of(new Found(kept.pages().get(page), kept.completeness()))
        : Optional.empty();
  }

  /** Lets go of what is too old, and of the oldest while there is too much. */
  synchronized void forget(Instant now) {
    Iterator<Kept> oldest = byToken.values().iterator();
    while (oldest.hasNext()) {
      Kept kept = oldest.next();
      if (bytes <= mostBytes && now.isBefore(kept.until())) {
        return; // the clock may go back, but then it is a younger one's turn later
      }
      bytes -= kept.bytes();
      oldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
