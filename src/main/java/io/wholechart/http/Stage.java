package io.wholechart.http;

import java.util.Locale;

/** What a connection is at, as far as its client can hold it up. */
enum Stage {
  /** Between two requests, or before the first. */
  IDLE,
  /** The first byte of a request has come, the end of its headers has not. */
  HEAD,
  /** The request is being served: its deadline bounds that. */
  SERVED,
  /** The request is being served and its body is read. */
  BODY,
  /** A piece of the answer is on its way to the client. */
  WRITE;

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
