package io.wholechart.config;

public final class SettingsPrinter {
  private SettingsPrinter() {}

  public static String print(Settings s) {
    return "";
  }
}
