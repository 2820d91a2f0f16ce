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
import org.jspecify.annotations.Nullable;

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
   * @param reader whoever may see them; two that are equal are the same
   * @param isLifted whether the glass was broken for them
   * @param completeness of the answer as a whole: each page says it
   */
  record Pages(
      Object reader, PatientId patient, boolean isLifted, String completeness, List<Body> pages) {
    Pages {
      pages = List.copyOf(pages);
    }

    private long bytes() {
      return pages.stream().mapToLong(Body::length).sum();
    }
  }

  private record Kept(Pages answer, Instant until) {}

  /** One page. */
  record Found(Body page, boolean isLifted, String completeness) {}

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
  synchronized boolean keep(String token, Pages answer, Instant now) {
    if (answer.bytes() > mostBytes) {
      return false;
    }
    byToken.put(token, new Kept(answer, now.plus(keep)));
    bytes += answer.bytes();
    forget(now);
    return true;
  }

  synchronized Optional<Found> find(String cursor, Object reader, PatientId patient, Instant now) {
    forget(now);
    if (cursor.length() <= TOKEN_LENGTH || cursor.length() > TOKEN_LENGTH + 5) {
      return Optional.empty();
    }
    @Nullable Kept kept = byToken.get(cursor.substring(0, TOKEN_LENGTH));
    String number = cursor.substring(TOKEN_LENGTH);
    if (kept == null || !number.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return Optional.empty();
    }
    Pages answer = kept.answer();
    int page = Integer.parseInt(number) - 1;
    boolean isTheirs = answer.reader().equals(reader) && answer.patient().equals(patient);
    return isTheirs && page >= 0 && page < answer.pages().size()
        ? Optional.of(new Found(answer.pages().get(page), answer.isLifted(), answer.completeness()))
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
      bytes -= kept.answer().bytes();
      oldest.remove();
    }
  }

  synchronized long bytes() {
    return bytes;
  }
}
