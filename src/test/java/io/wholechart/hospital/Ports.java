package io.wholechart.hospital;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Where the hospital listens; port 0 takes any free one. */
public record Ports(String host, int ehr, int lab, int imaging, int pharmacy, int control) {
  static final List<String> SOURCES = List.of("ehr", "lab", "imaging", "pharmacy");

  public Ports {
    for (int port : new int[] {ehr, lab, imaging, pharmacy, control}) {
      if (port < 0 || port > 65_535) {
        throw new IllegalArgumentException("a port must lie between 0 and 65535, not " + port);
      }
    }
  }

  /** The ports that {@code config/wholechart.yaml} expects its sources at. */
  public static Ports standard() {
    return new Ports("127.0.0.1", 9101, 9102, 9103, 9104, 9100);
  }

  /** Free ports on the loopback interface. */
  public static Ports dynamic() {
    return new Ports("127.0.0.1", 0, 0, 0, 0, 0);
  }

  /** The port of every source, in the order of {@link #SOURCES}. */
  Map<String, Integer> bySource() {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("ehr", ehr);
    ports.put("lab", lab);
    ports.put("imaging", imaging);
    ports.put("pharmacy", pharmacy);
    return ports;
  }
}
