package io.wholechart.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The series of a scrape's text by metric, each as its labels, in either of the two formats. */
public record Scrape(Map<String, List<Map<String, String>>> series) {
  private static final Pattern LINE =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*?)\\})? [-+0-9NI].*");
  private static final Pattern LABEL =
      Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  public static Scrape of(String text) {
    var series = new HashMap<String, List<Map<String, String>>>();
    text.lines()
        .filter(line -> !line.isBlank() && !line.startsWith("#"))
        .forEach(line -> {
          var matcher = LINE.matcher(line);
          if (!matcher.matches()) {
            throw new IllegalArgumentException("not a line of a scrape: " + line);
          }
          series
              .computeIfAbsent(matcher.group(1), _ -> new ArrayList<>())
              .add(matcher.group(2) == null ? Map.of() : labels(matcher.group(2)));
        });
    return new Scrape(series);
  }

  private static Map<String, String> labels(String text) {
    var labels = new HashMap<String, String>();
    LABEL.matcher(text).results().forEach(label -> labels.put(label.group(1), label.group(2)));
    return labels;
  }

  /** The values of every label of every series. */
  public Set<String> labelValues() {
    var values = new HashSet<String>();
    series.values().forEach(all -> all.forEach(one -> values.addAll(one.values())));
    return values;
  }

  boolean has(String metric) {
    return series.containsKey(metric);
  }

  Set<String> labelsOf(String metric) {
    var labels = new HashSet<String>();
    series.getOrDefault(metric, List.of()).forEach(one -> labels.addAll(one.keySet()));
    return labels;
  }
}
