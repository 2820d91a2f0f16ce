package io.wholechart;

import java.nio.file.Path;

/** The folder that the distribution was unpacked to; the launcher says which. */
final class Home {
  private Home() {}

  static Path folder() {
    return Path.of(System.getProperty("wholechart.home", "."));
  }

  static Path defaults() {
    return folder().resolve("config/wholechart.yaml");
  }
}
