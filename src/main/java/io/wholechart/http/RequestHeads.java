package io.wholechart.http;

import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.Headers;
import io.helidon.http.RequestException;
import io.helidon.http.Status;

/**
 * What may not be in a request's headers, beyond what the server refuses by itself (two lengths, a
 * length and a coding, control characters, blanks in or behind a name, folded lines).
 *
 * <p>Whoever frames a request otherwise than we do, a proxy before us say, takes a part of it for
 * the next request, which is then served to somebody else. So what could be read in two ways is not
 * read at all, and the connection ends. A body must say its length: chunks are read with less care
 * by the server (what stands between two of them is skipped unseen), and nothing that is sent here
 * is too long to be counted first.
 */
final class RequestHeads {
  private final int most;

  RequestHeads(int most) {
    this.most = most;
  }

  /**
   * Refuses what cannot be the beginning of a request. Of a method that is no token the server
   * would say that it failed itself, and log it.
   */
  static void checkBeginning(byte[] bytes) {
    for (byte b : bytes) {
      if (b == ' ' || b == '\r' || b == '\n') {
        return; // the end of the method, or of what is refused for the lack of one
      }
      if (b <= ' ' || b == 0x7f || "\"(),/:;<=>?@[\\]{}".indexOf(b) >= 0) {
        throw refused(Status.BAD_REQUEST_400);
      }
    }
  }

  void check(Headers headers) {
    int count = 0;
    for (Header header : headers) {
      count += header.valueCount();
      if (header.name().isEmpty()) {
        throw refused(Status.BAD_REQUEST_400);
      }
    }
    if (count > most) {
      throw refused(Status.BAD_REQUEST_400);
    }
    if (headers.contains(HeaderNames.TRANSFER_ENCODING)) {
      throw refused(
          headers.contains(HeaderNames.CONTENT_LENGTH)
              ? Status.BAD_REQUEST_400
              : Status.LENGTH_REQUIRED_411);
    }
    if (headers.contains(HeaderNames.CONTENT_LENGTH)
        && !isLength(headers.get(HeaderNames.CONTENT_LENGTH))) {
      throw refused(Status.BAD_REQUEST_400);
    }
  }

  /** Digits alone: a sign or a blank in between is read differently elsewhere. */
  private static boolean isLength(Header length) {
    if (length.valueCount() != 1) {
      return false;
    }
    String digits = length.get();
    boolean isDigits = !digits.isEmpty() && digits.length() <= 18;
    for (int i = 0; i < digits.length() && isDigits; i++) {
      isDigits = digits.charAt(i) >= '0' && digits.charAt(i) <= '9';
    }
    return isDigits;
  }

  private static RequestException refused(Status status) {
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .status(status)
        .setKeepAlive(false)
        .message("not a request that is read in one way only")
        .build();
  }
}
