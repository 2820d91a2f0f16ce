package io.wholechart.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The dashboard and the rules that operators load, and what they ask for that a scrape does not
 * have.
 */
public final class OperatorsFiles {
  static final Path PROMETHEUS = Path.of("config/prometheus");
  static final Path GRAFANA = Path.of("config/grafana");

  /** Made by Prometheus itself. */
  private static final Set<String> PROMETHEUS_OWN = Set.of("up", "ALERTS", "ALERTS_FOR_STATE");

  /** Given by Prometheus to every series, or proper to histograms. */
  private static final Set<String> LABELS_OF_ALL = Set.of("instance", "job", "le");

  /** Begin with the JVM's first collection, which a short run may not reach. */
  private static final Set<String> BORN_LATER =
      Set.of("jvm_gc_pause_seconds_max", "jvm_gc_pause_seconds_sum", "jvm_gc_pause_seconds_count");

  private static final Pattern SHOWN =
      Pattern.compile("\\{\\{\\s*(?:\\$labels\\.)?([a-zA-Z_][a-zA-Z0-9_]*)");
  private static final Pattern LABEL_VALUES =
      Pattern.compile("label_values\\((?<metric>.+),\\s*(?<label>\\w+)\\)");

  /**
   * One expression in one of the files.
   *
   * @param shown the labels that its legend or its annotations put into words
   */
  private record Expression(String where, PromQl query, Set<String> shown) {}

  private final List<Expression> expressions = new ArrayList<>();
  private final Map<String, PromQl> recorded = new HashMap<>();

  private OperatorsFiles() {
    rules().forEach(this::readRule);
    panels().forEach(this::readPanel);
    dashboard().at("/templating/list").forEach(this::readVariable);
  }

  /**
   * What the files ask for and this scrape does not have, one sentence each. The scrape must come
   * from a service that has answered a request.
   */
  public static List<String> missingFrom(String scrape) {
    return new OperatorsFiles().missing(Scrape.of(scrape), BORN_LATER);
  }

  /** The same without mercy for what the JVM reports only after its first collection. */
  static List<String> missingAltogetherFrom(String scrape) {
    return new OperatorsFiles().missing(Scrape.of(scrape), Set.of());
  }

  /** Selectors whose conditions no series fulfils: a mistyped value, such as "emergancy". */
  public static List<String> selectingNothingFrom(String scrape) {
    var parsed = Scrape.of(scrape);
    var complaints = new ArrayList<String>();
    for (Expression expression : new OperatorsFiles().expressions) {
      for (PromQl.Selector selector : expression.query().selectors()) {
        List<Map<String, String>> series =
            parsed.series().getOrDefault(selector.metric(), List.of());
        if (!series.isEmpty() && series.stream().noneMatch(one -> isMatching(selector, one))) {
          complaints.add(expression.where() + ": " + selector + " finds no series");
        }
      }
    }
    return complaints;
  }

  private static boolean isMatching(PromQl.Selector selector, Map<String, String> series) {
    return selector.matchers().stream()
        .filter(m -> !LABELS_OF_ALL.contains(m.label()) && !m.value().contains("$"))
        .allMatch(m -> {
          String value = series.getOrDefault(m.label(), "");
          return switch (m.operator()) {
            case "=" -> value.equals(m.value());
            case "!=" -> !value.equals(m.value());
            case "=~" -> value.matches(m.value());
            case "!~" -> !value.matches(m.value());
            default -> throw new IllegalArgumentException(m.operator());
          };
        });
  }

  private List<String> missing(Scrape scrape, Set<String> tolerated) {
    return expressions.stream()
        .flatMap(expression -> {
          List<PromQl.Selector> ours =
              expression.query().selectors().stream()
                  .filter(selector -> !PROMETHEUS_OWN.contains(selector.metric()))
                  .toList();
          List<PromQl.Selector> present =
              ours.stream().filter(selector -> isKnown(selector.metric(), scrape)).toList();
          Stream<String> metrics =
              ours.stream()
                  .map(PromQl.Selector::metric)
                  .filter(metric -> !isKnown(metric, scrape) && !tolerated.contains(metric))
                  .map(metric -> "the scrape has no metric " + metric);
          // Of a metric that is not there nobody can say what it would have shown.
          Stream<String> shown =
              present.equals(ours) ? missingFromWords(expression, present, scrape) : Stream.of();
          return Stream.of(metrics, missingLabels(present, scrape), shown)
              .flatMap(complaints -> complaints)
              .map(complaint -> expression.where() + ": " + complaint);
        })
        .toList();
  }

  private boolean isKnown(String metric, Scrape scrape) {
    return scrape.has(metric) || recorded.containsKey(metric);
  }

  private Stream<String> missingLabels(List<PromQl.Selector> selectors, Scrape scrape) {
    return selectors.stream()
        .flatMap(selector ->
            asked(selector)
                .filter(label -> !labelsOf(selector.metric(), scrape).contains(label))
                .map(label -> selector.metric() + " has no label " + label));
  }

  private Stream<String> missingFromWords(
      Expression expression, List<PromQl.Selector> selectors, Scrape scrape) {
    var known = new HashSet<>(LABELS_OF_ALL);
    for (PromQl.Selector selector : selectors) {
      Set<String> grouped = selector.groupedBy();
      known.addAll(grouped.isEmpty() ? labelsOf(selector.metric(), scrape) : grouped);
    }
    return Stream.concat(expression.shown().stream(), expression.query().matchedOn().stream())
        .filter(label -> !known.contains(label))
        .map(label -> "shows or matches on the label " + label + ", which its series do not have");
  }

  private static Stream<String> asked(PromQl.Selector selector) {
    return Stream.concat(
            selector.matchers().stream().map(PromQl.Matcher::label), selector.groupedBy().stream())
        .distinct()
        .filter(label -> !LABELS_OF_ALL.contains(label));
  }

  /** A recorded metric has the labels that its rule groups by, or else those of what it reads. */
  private Set<String> labelsOf(String metric, Scrape scrape) {
    PromQl rule = recorded.get(metric);
    if (rule == null) {
      return scrape.labelsOf(metric);
    }
    var labels = new HashSet<String>();
    for (PromQl.Selector selector : rule.selectors()) {
      labels.addAll(
          selector.groupedBy().isEmpty()
              ? labelsOf(selector.metric(), scrape)
              : selector.groupedBy());
    }
    return labels;
  }

  private void readRule(JsonNode rule) {
    PromQl query = PromQl.of(rule.path("expr").asText());
    String record = rule.path("record").asText();
    if (!record.isEmpty()) {
      recorded.put(record, query);
    }
    var shown = new HashSet<String>();
    rule.path("annotations").forEach(text -> shown.addAll(shownIn(text.asText())));
    expressions.add(new Expression("rule " + record + rule.path("alert").asText(), query, shown));
  }

  private void readPanel(JsonNode panel) {
    for (JsonNode target : panel.path("targets")) {
      expressions.add(
          new Expression(
              "panel " + panel.path("title").asText(),
              PromQl.of(target.path("expr").asText()),
              shownIn(target.path("legendFormat").asText())));
    }
  }

  private void readVariable(JsonNode variable) {
    if (variable.path("type").asText().equals("query")) {
      var matcher = LABEL_VALUES.matcher(variable.at("/query/query").asText());
      String where = "variable " + variable.path("name").asText();
      if (!matcher.matches()) {
        throw new IllegalArgumentException(where + " is no label_values(metric, label)");
      }
      expressions.add(
          new Expression(
              where, PromQl.of(matcher.group("metric")), Set.of(matcher.group("label"))));
    }
  }

  // {{source}} in Grafana's legends, {{ $labels.source }} in rules; {{ $value }} shows no label.
  private static Set<String> shownIn(String template) {
    return SHOWN.matcher(template).results().map(m -> m.group(1)).collect(Collectors.toSet());
  }

  /** Every rule of every file under {@code rules/}. */
  static List<JsonNode> rules() {
    var rules = new ArrayList<JsonNode>();
    for (Path file : files(PROMETHEUS.resolve("rules"), ".yml")) {
      yaml(file).path("groups").forEach(group -> group.path("rules").forEach(rules::add));
    }
    return rules;
  }

  /** Every panel of the dashboard, the rows among them, with what a folded row hides. */
  static List<JsonNode> panels() {
    var panels = new ArrayList<JsonNode>();
    for (JsonNode panel : dashboard().path("panels")) {
      panels.add(panel);
      panel.path("panels").forEach(panels::add);
    }
    return panels;
  }

  static JsonNode dashboard() {
    try {
      return new ObjectMapper()
          .readTree(Files.readString(GRAFANA.resolve("dashboards/wholechart.json")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode yaml(Path file) {
    try {
      return new YAMLMapper().readTree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(file.toString(), e);
    }
  }

  static List<Path> files(Path folder, String ending) {
    try (Stream<Path> paths = Files.walk(folder)) {
      return paths.filter(path -> path.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
